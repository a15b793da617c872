import { momentIn } from "../../i18n/formatter.ts"
import { tellReason } from "../../i18n/reasons/tell.ts"
import type { AgentView, VerdictView } from "../../protocol/views.ts"
import type { Language, NoticeKind } from "../../words/nouns.ts"
import type { SayDesk } from "../words.ts"
import { useDesk } from "./context.ts"

/** Why a message did or did not become a mail: one's own verdict, and those about colleagues on asking. */
export const Verdicts = ({ verdicts, me }: { verdicts: VerdictView[]; me: AgentView | null }) => {
  const { say } = useDesk()
  const own = verdicts.filter(({ agentId }) => agentId === me?.id)
  const others = verdicts.filter(({ agentId }) => agentId !== me?.id)
  return (
    <div class="desk-verdicts small">
      {own.map((verdict) => (
        <Own key={verdict.kind} verdict={verdict} label={labelOf(verdict, own)} />
      ))}
      {others.length === 0 ? null : (
        <details>
          <summary>
            {say("verdicts.others", { count: new Set(others.map(({ agentId }) => agentId)).size })}
          </summary>
          <ul>
            {others.map((verdict) => (
              <Colleague
                key={`${verdict.agentId} ${verdict.kind}`}
                verdict={verdict}
                label={labelOf(verdict, others)}
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
  const { say } = useDesk()
  return kind === null ? null : <strong class="desk-verdict-kind">{say(`kind.${kind}`)} </strong>
}

/** What it was; what to do about it on asking. */
const Own = ({ verdict, label }: Labelled) => {
  const { language } = useDesk()
  const { text, todo } = tellReason(verdict.reason, language, undefined, verdict.agentName)
  return (
    <details data-code={verdict.reason.code} data-kind={verdict.kind}>
      <summary>
        <Label kind={label} />
        {text}
      </summary>
      {todo === null ? null : <p class="soft desk-todo">{todo}</p>}
    </details>
  )
}

const Colleague = ({ verdict, label }: Labelled) => {
  const { say, language } = useDesk()
  return (
    <li data-code={verdict.reason.code} data-kind={verdict.kind}>
      <bdi class="desk-verdict-who">{verdict.agentName}:</bdi> <Label kind={label} />
      {tellOther(say, verdict, language)}
    </li>
  )
}

/** Reasons that say "you" are worded for somebody else here; the others read the same for everybody. */
const tellOther = (say: SayDesk, { reason }: VerdictView, language: Language): string => {
  switch (reason.code) {
    case "present-on-device":
      return say("other.present-on-device", {
        device: reason.device,
        at: momentIn(reason.lastBeatAt, language),
      })
    case "back-online":
      return say("other.back-online", { device: reason.device, seconds: reason.afterSeconds })
    case "other-group":
      return say("other.other-group", { group: reason.group })
    case "inactive":
      return say("other.inactive", { since: momentIn(reason.since, language) })
    case "notifications-off":
      return reason.whose === "agent"
        ? say("other.notifications-off", { since: momentIn(reason.since, language) })
        : tellReason(reason, language).text
    default:
      return tellReason(reason, language).text
  }
}
