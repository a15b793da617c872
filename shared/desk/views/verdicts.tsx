import { momentIn } from "../../i18n/formatter.ts"
import { tellReason } from "../../i18n/reasons/tell.ts"
import type { AgentView, VerdictView } from "../../protocol/views.ts"
import type { Language } from "../../words/nouns.ts"
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
        <Own key={verdict.agentId} verdict={verdict} />
      ))}
      {others.length === 0 ? null : (
        <details>
          <summary>{say("verdicts.others", { count: others.length })}</summary>
          <ul>
            {others.map((verdict) => (
              <Colleague key={verdict.agentId} verdict={verdict} />
            ))}
          </ul>
        </details>
      )}
    </div>
  )
}

/** What it was; what to do about it on asking. */
const Own = ({ verdict }: { verdict: VerdictView }) => {
  const { language } = useDesk()
  const { text, todo } = tellReason(verdict.reason, language, undefined, verdict.agentName)
  return (
    <details data-code={verdict.reason.code}>
      <summary>{text}</summary>
      {todo === null ? null : <p class="soft desk-todo">{todo}</p>}
    </details>
  )
}

const Colleague = ({ verdict }: { verdict: VerdictView }) => {
  const { say, language } = useDesk()
  return (
    <li data-code={verdict.reason.code}>
      <bdi class="desk-verdict-who">{verdict.agentName}:</bdi> {tellOther(say, verdict, language)}
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
