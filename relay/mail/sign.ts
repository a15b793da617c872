import { dkimSign } from "mailauth/lib/dkim/sign.js"
import type { Millis } from "../../shared/words/time.ts"
import { type DkimKeys, signingKeys } from "./dkim-keys.ts"

/** Fields that are signed where they occur; what decides who it is from, what it says and how it is answered. */
const SIGNED = [
  "From",
  "Reply-To",
  "To",
  "Subject",
  "Date",
  "Message-ID",
  "In-Reply-To",
  "References",
  "MIME-Version",
  "Content-Type",
  "Content-Transfer-Encoding",
  "Content-Language",
  "Auto-Submitted",
  "List-Unsubscribe",
  "List-Unsubscribe-Post",
]

/**
 * Puts a signature of each key that signs at `now` above a message (CRLF line ends), relaxed/relaxed.
 * Throws when a key cannot sign or none does: better no mail than one that looks forged.
 */
export const signMail = async (raw: Buffer, keys: DkimKeys, domain: string, now: Millis): Promise<Buffer> => {
  const signing = signingKeys(keys, now)
  const [first] = signing
  if (first === undefined) throw new Error("DKIM signing failed: no key signs at this moment")
  const { signatures, errors } = await dkimSign(raw, {
    canonicalization: "relaxed/relaxed",
    signTime: new Date(now),
    headerList: SIGNED,
    signingDomain: domain,
    selector: first.selector,
    privateKey: first.pem,
    signatureData: signing.map(({ selector, pem }) => ({
      signingDomain: domain,
      selector,
      privateKey: pem,
    })),
  })
  if (errors && errors.length > 0) throw new Error(`DKIM signing failed: ${errors.map(String).join("; ")}`)
  return Buffer.concat([Buffer.from(signatures), raw])
}
