/** What a webhook can be told of. */
export const WEBHOOK_EVENTS = [
  "conversation.started",
  "conversation.reopened",
  "conversation.opened",
  "conversation.joined",
  "conversation.handed-back",
  "conversation.answered",
  "conversation.closed",
  "conversation.missed",
  "conversation.rated",
  "message.created",
  "notice.sent",
  "verdict.decided",
  "light.changed",
  "visitor.erased",
  "webhook.test",
] as const
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number]

/** Those that a person chooses from; a test is sent to whoever is asked to be tested. */
export const CHOSEN_EVENTS = WEBHOOK_EVENTS.filter(
  (event): event is Exclude<WebhookEvent, "webhook.test"> => event !== "webhook.test",
)

/**
 * A delivery to a webhook:
 *
 *   queued ──(claimed)──▶ sending ──(2xx)──▶ delivered
 *     ▲                      └──(else)──▶ queued, later … after a day ──▶ failed
 *     └──(lease ended, or asked for again)──┘
 *   dropped: its webhook was removed or stopped before it went out
 */
export const WEBHOOK_STATES = ["queued", "sending", "delivered", "failed", "dropped"] as const
export type WebhookState = (typeof WEBHOOK_STATES)[number]
