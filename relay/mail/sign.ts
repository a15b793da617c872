import type { Millis } from "../../shared/words/time.ts"
import { type DkimKeys, signingKeys } from "./dkim-keys.ts"
import { readParts, signatureField } from "./signature.ts"

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
].join(":")

/**
 * Puts a signature of each key that signs at `now` above a message (CRLF line ends), relaxed/relaxed.
 * Throws when a key cannot sign or none does: better no mail than one that looks forged.
 */
export const signMail = async (raw: Buffer, keys: DkimKeys, domain: string, now: Millis): Promise<Buffer> => {
  const signing = signingKeys(keys, now)
  if (signing.length === 0) throw new Error("DKIM signing failed: no key signs at this moment")
  const parts = await readParts(raw)
  const signatures = signing.map((key) => signatureField(parts, SIGNED, { key, domain, now }))
  if (signatures.includes(null)) throw new Error("DKIM signing failed: the mail has no From")
  return Buffer.concat([Buffer.from(signatures.join("")), raw])
}
