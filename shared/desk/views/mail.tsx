import { momentIn, timeIn } from "../../i18n/formatter.ts"
import { tellVisitorMail } from "../../i18n/reasons/visitor-mail.ts"
import type { DeliveryView } from "../../protocol/views.ts"
import type { Channel, DeliveryState, MailKind } from "../../words/nouns.ts"
import { useDesk } from "./context.ts"
import { Icon } from "./icon.tsx"

const KIND: Record<DeliveryState, "good" | "warn" | "bad" | undefined> = {
  queued: undefined,
  sending: undefined,
  held: "warn",
  delivered: "good",
  captured: "good",
  failed: "bad",
  dropped: "bad",
}

const isForVisitor = (kind: MailKind): kind is "answer" | "transcript" =>
  kind === "answer" || kind === "transcript"

const kindWords = (kind: MailKind) =>
  isForVisitor(kind) ? (`mail.${kind}` as const) : kind === "missed-notice" ? "mail.missed" : "mail.notice"

/**
 * A mail of this conversation, where it was queued: to whom, how far it got, what the server said. Of one to the visitor
 * that failed, what that means and what to do is said here; of a notice, with the message that it was about.
 */
export const Mail = ({ delivery, channel }: { delivery: DeliveryView; channel: Channel }) => {
  const { say, language } = useDesk()
  const deferred = delivery.state === "queued" && delivery.attempts > 0
  const kind = deferred ? "warn" : KIND[delivery.state]
  const at = delivery.settledAt ?? delivery.createdAt
  return (
    <div class="desk-mail" data-state={delivery.state}>
      <Icon name="mail" size={16} />
      <p class="small">
        <span>
          {say(kindWords(delivery.kind))} <bdi>{delivery.to}</bdi>
        </span>{" "}
        <span class="pill" data-kind={kind}>
          {say(deferred ? "mail.deferred" : `mail.${delivery.state}`)}
        </span>{" "}
        <time dateTime={new Date(at).toISOString()} title={momentIn(at, language)} class="soft">
          {timeIn(at, language)}
        </time>
        {delivery.state === "failed" && isForVisitor(delivery.kind) ? (
          <Unreached delivery={delivery} channel={channel} />
        ) : delivery.answer !== null && (deferred || delivery.state === "failed") ? (
          <>
            <br />
            <span class="desk-mail-answer">
              {say("mail.server-said")} <q dir="auto">{delivery.answer}</q>
            </span>
          </>
        ) : null}
        {delivery.nextAt !== null && deferred ? (
          <span class="soft"> {say("mail.next", { time: timeIn(delivery.nextAt, language) })}</span>
        ) : null}
      </p>
    </div>
  )
}

/** The visitor has not got it: why, and what whoever answered can do. */
const Unreached = ({ delivery, channel }: { delivery: DeliveryView; channel: Channel }) => {
  const { language } = useDesk()
  const { text, todo } = tellVisitorMail(delivery, channel, language)
  return (
    <>
      <br />
      {text} <span class="soft">{todo}</span>
    </>
  )
}
