import type { AutomaticView } from "../../protocol/views.ts"
import type { InboundMailId } from "../../words/ids.ts"
import { useDesk } from "./context.ts"
import { Icon } from "./icon.tsx"
import { Text } from "./text.tsx"
import { When } from "./when.tsx"

/** A mail that a program wrote: kept here, folded up, as nobody waits for an answer to it. */
export const Automatic = ({
  mail,
  onOriginal,
}: {
  mail: AutomaticView
  onOriginal: (mail: InboundMailId) => void
}) => {
  const { say } = useDesk()
  return (
    <details class="desk-automatic">
      <summary>
        <Icon name="mail" size={16} /> <span class="soft">{say("automatic.title")}</span>{" "}
        <bdi>{mail.subject || say("automatic.no-subject")}</bdi> <When at={mail.at} />
      </summary>
      <p class="small soft">
        <bdi>{mail.from ?? say("unconfirmed.no-from")}</bdi>
      </p>
      <blockquote>
        <Text text={mail.text} />
      </blockquote>
      <p>
        <button type="button" class="button small" onClick={() => onOriginal(mail.id)}>
          {say("original.show")}
        </button>
      </p>
    </details>
  )
}
