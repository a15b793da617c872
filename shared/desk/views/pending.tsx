import type { Meanwhile } from "../../words/meanwhile.ts"
import type { PendingAnswer } from "../pending.ts"
import { type SayDesk, tellProblem } from "../words.ts"
import { useDesk } from "./context.ts"
import { Icon } from "./icon.tsx"
import { Text } from "./text.tsx"

/** An answer that is not posted yet: why, and what can be done with it. */
export const Pending = ({ answer }: { answer: PendingAnswer }) => {
  const { desk, say } = useDesk()
  const stuck = answer.state === "refused" || answer.state === "held"
  return (
    <article class="desk-message desk-pending" data-author="agent" data-state={answer.state}>
      <div class="desk-bubble">
        {answer.text === "" ? null : <Text text={answer.text} />}
        {(answer.files ?? []).map((file) => (
          <p key={file.id} class="small">
            <Icon name="file" size={14} /> <bdi>{file.name}</bdi>
          </p>
        ))}
        <p class="desk-bubble-foot" role="status">
          {answer.state === "refused" ? <Icon name="alert" size={14} /> : null}
          <span>
            {answer.meanwhile ? tellMeanwhile(say, answer.meanwhile) : say(`pending.${answer.state}`)}
          </span>
        </p>
      </div>
      {answer.problem === null ? null : (
        <p class="desk-pending-why small">{tellProblem(say, answer.problem)}</p>
      )}
      {answer.state === "sending" || (answer.state === "waiting" && answer.problem === null) ? null : (
        <p class="desk-pending-deeds">
          <button type="button" class="button small" onClick={() => desk.resend(answer.key)}>
            {say(stuck ? "pending.send" : "pending.try-now")}
          </button>
          <button
            type="button"
            class="button small quiet"
            onClick={() => {
              desk.edit(answer.key)
              document.getElementById("desk-answer")?.focus()
            }}
          >
            {say("pending.edit")}
          </button>
          <button type="button" class="button small quiet" onClick={() => desk.drop(answer.key)}>
            {say("pending.drop")}
          </button>
        </p>
      )}
    </article>
  )
}

/** What has happened since it was written, and that it was therefore not sent. */
const tellMeanwhile = (say: SayDesk, meanwhile: Meanwhile): string => {
  switch (meanwhile.what) {
    case "closed":
      return say("pending.meanwhile.closed")
    case "joined":
      return say("pending.meanwhile.joined", { who: meanwhile.who })
    case "answered":
      return say("pending.meanwhile.answered", { who: meanwhile.who })
    case "wrote":
      return say("pending.meanwhile.wrote", { count: meanwhile.count })
  }
}
