import type { AuthResult } from "./auth-result.ts"
import type { CheckedMail } from "./checks/check.ts"
import type { ForwardGiven } from "./forward.ts"

/** What is done with the bytes of mails, and takes time; pool.ts does it, past the event loop. */
export interface MailWork {
  /**
   * Who really sent a mail that came in; null where the relay is told not to look (PORCHLIGHT_MAIL_CHECKS), and
   * only there: a mail that could not be looked at proves nothing. Rejects with Refusal `too-many` when too much
   * waits already, with nothing else.
   */
  check(mail: Omit<CheckedMail, "now">): Promise<AuthResult | null>
  /** As it is sent on. Rejects when no key of ours can sign, or with `too-many`. */
  prepare(raw: Buffer, given: Omit<ForwardGiven, "keys" | "now">): Promise<Buffer>
  /** With our signatures on top. Rejects when a key cannot sign, or with `too-many`. */
  sign(raw: Buffer, domain: string): Promise<Buffer>
}
