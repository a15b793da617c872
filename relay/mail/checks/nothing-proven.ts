import type { AuthResult } from "../auth-result.ts"
import type { CheckedMail } from "./check.ts"

/** What is said of a mail of which nothing can be told, or before anything is: nobody is taken at their word for it. */
export const nothingProven = ({ envelopeFrom }: Pick<CheckedMail, "envelopeFrom">): AuthResult => ({
  spf: { result: "permerror", domain: null, identity: identityOf(envelopeFrom) },
  dkim: [],
  dmarc: { result: "permerror", domain: null, policy: null },
  arc: { result: "permerror", sealer: null },
  aligned: false,
  temporary: false,
})

/** Which of its names a client is judged by (RFC 7208 2.4). */
export const identityOf = (envelopeFrom: string): "mailfrom" | "helo" =>
  envelopeFrom === "" ? "helo" : "mailfrom"
