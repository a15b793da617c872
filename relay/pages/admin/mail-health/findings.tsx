import { useId } from "preact/hooks"
import { tellFinding } from "../../../../shared/i18n/mail-health/tell.ts"
import { CHECKS, type Finding, type FindingState, isTrouble } from "../../../../shared/words/findings.ts"
import { CopyButton } from "../../kit/copy-button.tsx"
import type { MailHealthWords } from "./words.ts"

const KINDS: Partial<Record<FindingState, "good" | "warn" | "bad">> = {
  right: "good",
  unknown: "warn",
  missing: "bad",
  wrong: "bad",
}

/** What needs somebody's attention comes first, then what is to be known, then what is right. */
const rank = (finding: Finding): number => {
  if (isTrouble(finding)) return 0
  return finding.state === "right" ? 2 : 1
}

const inOrder = (findings: readonly Finding[]): Finding[] =>
  [...findings].sort((a, b) => rank(a) - rank(b) || CHECKS.indexOf(a.check) - CHECKS.indexOf(b.check))

export const Findings = ({ findings, told }: { findings: readonly Finding[]; told: MailHealthWords }) => (
  <ul class="card list mail-health-findings">
    {inOrder(findings).map((finding) => (
      <Row key={`${finding.check} ${finding.subject} ${finding.code}`} finding={finding} told={told} />
    ))}
  </ul>
)

const Row = ({ finding, told }: { finding: Finding; told: MailHealthWords }) => {
  const { say, words, language } = told
  const { check, subject, state, optional, found, expected } = finding
  const { says, todo } = tellFinding(words, language, finding)
  const open = isTrouble(finding)
  const missing = state === "missing" && optional
  return (
    <li class="mail-health-row" data-check={check} data-state={state}>
      <p class="mail-health-state">
        <span class="pill" data-kind={missing ? undefined : KINDS[state]}>
          {say(missing ? "state.optional" : `state.${state}`)}
        </span>
      </p>
      <div class="mail-health-words">
        <h2>{say(`check.${check}`)}</h2>
        {subject === "" ? null : <p class="mail-health-subject soft">{subject}</p>}
        <p>{says}</p>
        {todo === null ? null : <p class="mail-health-todo">{todo}</p>}
        {open ? (
          <Values name={subject} found={found} expected={expected} told={told} />
        ) : found === null && expected === null ? null : (
          <details>
            <summary>{say(found === null ? "expected-label" : "found-label")}</summary>
            <Values
              name={subject}
              found={found}
              expected={found === null || state === "note" ? expected : null}
              told={told}
            />
          </details>
        )}
      </div>
    </li>
  )
}

const Values = ({
  name,
  found,
  expected,
  told: { say },
}: {
  name: string
  found: string | null
  expected: string | null
  told: MailHealthWords
}) => {
  const id = useId()
  return (
    <dl class="mail-health-values">
      {found === null ? null : (
        <div>
          <dt>{say("found-label")}</dt>
          <dd>
            <code>{found}</code>
          </dd>
        </div>
      )}
      {expected === null ? null : (
        <div>
          <dt>{say("expected-label")}</dt>
          <dd class="copy-line">
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: long ones scroll, by keys too */}
            <code id={id} tabIndex={0}>
              {expected}
            </code>
            <CopyButton
              text={expected}
              from={id}
              what={name}
              words={{ copy: say("copy"), copied: say("copied") }}
            />
          </dd>
        </div>
      )}
    </dl>
  )
}
