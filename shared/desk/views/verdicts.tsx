import { useContext, useState } from "preact/hooks"
import { tellDevice } from "../../i18n/device-name.ts"
import { momentIn } from "../../i18n/formatter.ts"
import { tellKind, tellReason, tellVerdict } from "../../i18n/reasons/tell.ts"
import type { ToldLink } from "../../i18n/reasons/told.ts"
import type { AgentView, VerdictView } from "../../protocol/views.ts"
import type { Language, NoticeKind } from "../../words/nouns.ts"
import type { SayDesk } from "../words.ts"
import { DialogContext, useDesk } from "./context.ts"

/** Why a message did or did not become a mail: one's own verdict, and those about colleagues on asking. */
export const Verdicts = ({ verdicts, me }: { verdicts: VerdictView[]; me: AgentView | null }) => {
  const { say } = useDesk()
  const own = verdicts.filter(({ agentId }) => agentId === me?.id)
  const others = verdicts.filter(({ agentId }) => agentId !== me?.id)
  return (
    <div class="desk-verdicts small">
      {own.map((verdict) => (
        <Own
          key={verdict.kind}
          verdict={verdict}
          label={labelOf(verdict, own)}
          isAdmin={me?.role === "admin"}
        />
      ))}
      {others.length === 0 ? null : (
        <details>
          <summary>
            {say("verdicts.others", { count: new Set(others.map(({ agentId }) => agentId)).size })}
          </summary>
          <ul>
            {others.map((verdict, at) => (
              <Colleague
                key={`${verdict.agentId} ${verdict.kind}`}
                verdict={verdict}
                label={labelOf(verdict, others)}
                named={others[at - 1]?.agentId !== verdict.agentId}
              />
            ))}
          </ul>
        </details>
      )}
    </div>
  )
}

/** A message can have a verdict of each kind for an agent: then both say which they are. */
const labelOf = (verdict: VerdictView, all: readonly VerdictView[]): NoticeKind | null =>
  all.filter(({ agentId }) => agentId === verdict.agentId).length > 1 ? verdict.kind : null

interface Labelled {
  verdict: VerdictView
  label: NoticeKind | null
}

const Label = ({ kind }: { kind: NoticeKind | null }) => {
  const { language } = useDesk()
  return kind === null ? null : (
    <>
      <span class="pill">{tellKind(kind, language)}</span>{" "}
    </>
  )
}

/** What it was; what to do about it on asking. */
const Own = ({ verdict, label, isAdmin }: Labelled & { isAdmin: boolean }) => {
  const { language } = useDesk()
  const { text, todo, link, handOver } = tellVerdict(verdict, language)
  return (
    <details data-code={verdict.reason.code} data-kind={verdict.kind}>
      <summary>
        <Label kind={label} />
        {text}
      </summary>
      {todo === null ? null : (
        <p class="soft desk-todo">
          {todo} {link === null ? null : <TodoLink link={link} isAdmin={isAdmin} />}
        </p>
      )}
      {handOver === null ? null : <HandOver text={handOver} />}
    </details>
  )
}

/** Where it is done: one's own profile, or the admin screens for whoever may go there. */
const TodoLink = ({ link, isAdmin }: { link: ToldLink; isAdmin: boolean }) => {
  const { desk, say } = useDesk()
  const openDialog = useContext(DialogContext)
  if (link === "profile")
    return (
      <button type="button" class="desk-link" onClick={() => openDialog("profile")}>
        {say("todo.profile")}
      </button>
    )
  if (link === "allow")
    return (
      <a href={desk.adminUrl.replace(/admin$/, "allow")} target="_blank" rel="noreferrer">
        {say("todo.allow")}
      </a>
    )
  if (!isAdmin) return null
  const url = `${desk.adminUrl}#/${link === "admin-plan" ? "plan" : "notices"}`
  return (
    <a href={url} target="_blank" rel="noreferrer">
      {say(`todo.${link}`)}
    </a>
  )
}

/** Several lines for whoever runs the mail server, to be copied. */
const HandOver = ({ text }: { text: string }) => {
  const { say } = useDesk()
  const [copied, setCopied] = useState(false)
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text)
    setCopied(true)
  }
  return (
    <details class="desk-hand-over">
      <summary>{say("hand-over.title")}</summary>
      <pre>{text}</pre>
      {/* Without https there is no clipboard; the text can be marked all the same. */}
      {navigator.clipboard === undefined ? null : (
        <button type="button" class="button small" onClick={() => void copy()}>
          {say("hand-over.copy")}
        </button>
      )}{" "}
      <span role="status">{copied ? say("hand-over.copied") : ""}</span>
    </details>
  )
}

/** `named`: of one colleague's two verdicts the first has the name. */
const Colleague = ({ verdict, label, named }: Labelled & { named: boolean }) => {
  const { say, language } = useDesk()
  return (
    <li data-code={verdict.reason.code} data-kind={verdict.kind}>
      {named ? <bdi class="desk-verdict-who">{verdict.agentName}: </bdi> : null}
      <Label kind={label} />
      {tellOther(say, verdict, language)}
    </li>
  )
}

/** Reasons that say "you" are worded for somebody else here; the others read the same for everybody. */
const tellOther = (say: SayDesk, { reason, kind }: VerdictView, language: Language): string => {
  switch (reason.code) {
    case "present-on-device":
      return say("other.present-on-device", {
        device: tellDevice(reason.device, language),
        at: momentIn(reason.lastBeatAt, language),
      })
    case "back-online":
      return say("other.back-online", {
        device: tellDevice(reason.device, language),
        seconds: reason.afterSeconds,
      })
    case "other-group":
      return say("other.other-group", { group: reason.group })
    case "inactive":
      return say("other.inactive", { since: momentIn(reason.since, language) })
    case "notifications-off":
      return reason.whose === "agent"
        ? say("other.notifications-off", { since: momentIn(reason.since, language) })
        : tellReason(reason, language, undefined, undefined, kind).text
    default:
      return tellReason(reason, language, undefined, undefined, kind).text
  }
}
