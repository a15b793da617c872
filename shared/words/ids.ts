/**
 * Ids of our own things: a prefix that says what it names, then 20 characters of lowercase base32
 * (100 random bits). Branded, so that an agent's id cannot stand where a visitor's is asked for.
 */
declare const brand: unique symbol
type Id<Name extends string> = string & { readonly [brand]: Name }

export type AccountId = Id<"account">
export type SiteId = Id<"site">
export type GroupId = Id<"group">
export type AgentId = Id<"agent">
export type DeviceId = Id<"device">
export type VisitorId = Id<"visitor">
export type ConversationId = Id<"conversation">
export type MessageId = Id<"message">
export type DeliveryId = Id<"delivery">
export type InboundMailId = Id<"inbound-mail">
/** A mail on its way through the relay. */
export type MailId = Id<"mail">
export type AttachmentId = Id<"attachment">
export type CannedAnswerId = Id<"canned-answer">
/** An agent's picture; another picture has another id. */
export type PictureId = Id<"picture">
export type BounceId = Id<"bounce">
export type WebhookId = Id<"webhook">
/** Names a message to a webhook; the same at every try, and in its `webhook-id` header. */
export type WebhookDeliveryId = Id<"webhook-delivery">

const PREFIX = {
  account: "ac",
  site: "si",
  group: "gr",
  agent: "ag",
  device: "de",
  visitor: "vi",
  conversation: "co",
  message: "me",
  delivery: "dl",
  "inbound-mail": "im",
  mail: "ma",
  attachment: "at",
  bounce: "bo",
  "canned-answer": "ca",
  picture: "pi",
  webhook: "wh",
  "webhook-delivery": "wd",
} as const

type Noun = keyof typeof PREFIX
const ALPHABET = "abcdefghijklmnopqrstuvwxyz234567"

/** Random bytes that nobody has had yet: asking for a thousand costs little more than for twenty. */
const pool = new Uint8Array(1024)
let used = pool.length

/** Random lowercase base32 (RFC 4648 alphabet), 5 bits a character, from the platform's secure source. */
export const randomBase32 = (characters: number): string => {
  let text = ""
  while (text.length < characters) {
    if (used === pool.length) {
      crypto.getRandomValues(pool)
      used = 0
    }
    text += ALPHABET[(pool[used++] as number) & 31]
  }
  return text
}

/** A new id for a noun, e.g. `newId("agent")` → `ag_k3…`. */
export const newId = <N extends Noun>(noun: N): Id<N> => `${PREFIX[noun]}_${randomBase32(20)}` as Id<N>

/** Whether a text has the form of an id of that noun (it says nothing about whether the thing exists). */
export const isId = <N extends Noun>(noun: N, text: string): text is Id<N> =>
  new RegExp(`^${PREFIX[noun]}_[a-z2-7]{20}$`).test(text)
