import { z } from "zod"
import { address, name } from "../../shared/protocol/fields.ts"
import type { Identity } from "../../shared/words/identity.ts"
import { Refusal } from "../../shared/words/refusals.ts"
import { type Millis, SECOND } from "../../shared/words/time.ts"

/**
 * What a page says of its visitor (`porchlight.identify`): JSON text, with `name`, `email` and up to 10 facts of
 * the site's own. Its signature, when it has one, is HMAC-SHA256 over exactly that text (RFC 2104, in hex), with
 * the key of the site: so nothing has to be brought into a form before it is compared. `expires` (seconds since
 * 1970, as in RFC 7519 4.1.4) ends a signature's life.
 */

const FACTS = 10

const fact = z
  .union([z.string(), z.number(), z.boolean()])
  .transform((value) => String(value).replace(/\s+/g, " ").trim().slice(0, 200))

const said = z
  .object({
    name: name.nullish(),
    email: address.nullish(),
    expires: z.number().nullish(),
  })
  .catchall(z.unknown())

/** What a signature is worth: there is none; the site has no key; it is not by that key; it is. */
export type SignatureProof = "none" | "no-key" | "wrong" | "right"

const WORTHLESS: Partial<Record<SignatureProof, string>> = {
  "no-key": "this site has no key yet, make one in the admin pages",
  wrong: "the signature does not fit: sign exactly the text that is passed, with the site's key",
}

/**
 * Reads what a page said. Refusal `bad-input` for what is no such text, `forbidden` for a signature that is worth
 * nothing or has expired: what claims to be signed and is not counts for nothing.
 */
export const readIdentity = (text: string, proof: SignatureProof, now: Millis): Identity => {
  const read = said.safeParse(jsonOf(text))
  if (!read.success)
    throw new Refusal("bad-input", `porchlight.identify: ${read.error.issues[0]?.message ?? "not an object"}`)
  const { name, email, expires, ...others } = read.data
  const worthless = WORTHLESS[proof]
  if (worthless) throw new Refusal("forbidden", `porchlight.identify: ${worthless}`)
  if (proof === "right" && expires != null && expires * SECOND <= now)
    throw new Refusal("forbidden", "porchlight.identify: this signature has expired, make a new one")
  return { name: name ?? null, address: email ?? null, facts: factsOf(others) }
}

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

const factsOf = (others: Record<string, unknown>): Identity["facts"] =>
  Object.entries(others)
    .flatMap(([label, value]) => {
      const read = fact.safeParse(value)
      return read.success && read.data !== "" ? [{ label: label.slice(0, 40), value: read.data }] : []
    })
    .slice(0, FACTS)
