import { inNetworks, plainAddress } from "../networks.ts"
import { type Limit, tokenBucket } from "../rates.ts"
import type { SharedLimits } from "../shared-limits.ts"
import { clientKey } from "./crowd.ts"
import type { SmtpLimits } from "./limits.ts"
import { REPLIES, type Reply } from "./replies.ts"

/**
 * Machines of our own networks may send as fast as they can: a mail server in front of the relay, a program of
 * the operator's. Nobody on the internet has such an address (RFC 1918, RFC 4193).
 */
const OWN = ["127.0.0.0/8", "::1", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"]

/** Counts what one client, and what is for one recipient, may come to in a minute. */
export interface Rates {
  /** A new session of a client. */
  session(remoteAddress: string): Reply | null
  /** One more recipient of a client's mail; `address` as it was given. */
  recipient(remoteAddress: string, address: string): Reply | null
}

/**
 * `share`: keeps a limit together with other relays; alone if left out. `now`: any clock that goes forward, in ms; the
 * machine's if left out.
 */
export const openRates = (
  limits: SmtpLimits,
  share: SharedLimits["share"] = (_name, limit) => limit,
  now?: () => number,
): Rates => {
  const isOwn = inNetworks(OWN)
  const sessions = share("smtp-sessions", tokenBucket(limits.sessionsAMinute, 60_000, now))
  const mails = share("smtp-mails", tokenBucket(limits.mailsAMinute, 60_000, now))
  const toOne = share("smtp-to-one", tokenBucket(limits.mailsToOneAMinute, 60_000, now))
  const take = (limit: Limit, key: string, reply: Reply): Reply | null => (limit.take(key) ? null : reply)
  return {
    session: (remoteAddress) =>
      isOwn(plainAddress(remoteAddress))
        ? null
        : take(sessions, clientKey(remoteAddress), REPLIES.sessionsTooFast),
    recipient: (remoteAddress, address) =>
      isOwn(plainAddress(remoteAddress))
        ? null
        : (take(mails, clientKey(remoteAddress), REPLIES.mailsTooFast) ??
          take(toOne, nameOf(address), REPLIES.recipientTooFast)),
  }
}

/** `Name+anything@D` is one recipient. */
const nameOf = (address: string): string => address.toLowerCase().replace(/\+[^@]*(?=@|$)/, "")
