import type { Millis } from "../../shared/words/time.ts"
import type { AuthResult } from "./auth-result.ts"
import { type CheckedMail, checkMail } from "./checks/check.ts"
import type { DkimKeys } from "./dkim-keys.ts"
import { type ForwardGiven, prepareForward } from "./forward.ts"
import type { Resolve } from "./resolver.ts"

/** What is done with the bytes of a mail that comes in, and takes time: who does it decides build.ts. */
export interface MailWork {
  /** Who really sent it; null where the relay is told not to look (PORCHLIGHT_MAIL_CHECKS). Never rejects. */
  check(mail: Omit<CheckedMail, "now">): Promise<AuthResult | null>
  /** As it is sent on. Rejects when no key of ours can sign. */
  prepare(raw: Buffer, given: Omit<ForwardGiven, "keys" | "now">): Promise<Buffer>
}

/** Does it here and now, in this thread. */
export const openMailWork = (ways: {
  resolve: Resolve
  /** The name this server greets with. */
  mailHost: string
  checks: boolean
  keys: () => DkimKeys
  now: () => Millis
  onFault: (error: unknown) => void
}): MailWork => {
  const { now, resolve, mailHost, onFault } = ways
  return {
    check: async (mail) =>
      ways.checks ? checkMail({ ...mail, now: now() }, { resolve, mailHost, onFault }) : null,
    prepare: (raw, given) => prepareForward(raw, { ...given, keys: ways.keys(), now: now() }),
  }
}
