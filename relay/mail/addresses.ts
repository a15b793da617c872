import type { DeliveryId } from "../../shared/words/ids.ts"
import { type BounceKeys, bounceToken } from "./bounce-token.ts"

/** The addresses of our own mail domain that the relay writes from, and reading them back. */

/** Where an answer to a mail goes: `r-<token>@D`. */
export const replyAddress = (token: string, domain: string): string => `r-${token}@${domain}`

/** Envelope sender of everything we send: `b-<token>@D`; a report about the mail comes back there. */
export const bounceAddress = (deliveryId: DeliveryId, domain: string, keys: BounceKeys): string =>
  `b-${bounceToken(deliveryId, keys)}@${domain}`

export type LocalPart =
  | { kind: "reply"; token: string }
  /** Whether we made the token says `readBounceToken`. */
  | { kind: "bounce"; token: string }
  | { kind: "other"; name: string }

/**
 * What the part before the @ of one of our addresses means. Tokens are lowercase base32; mail programs may
 * change the case of an address, so it is read case-insensitively.
 */
export const parseLocalPart = (localPart: string): LocalPart => {
  const name = localPart.toLowerCase()
  const reply = /^r-([a-z2-7]{8,64})$/.exec(name)?.[1]
  if (reply) return { kind: "reply", token: reply }
  const bounce = /^b-([a-z2-7]{46})$/.exec(name)?.[1]
  if (bounce) return { kind: "bounce", token: bounce }
  return { kind: "other", name }
}
