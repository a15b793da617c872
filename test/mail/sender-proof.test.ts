import { expect, it } from "vitest"
import type { AuthResult } from "../../relay/mail/auth-result.ts"
import { keptProof, senderProof } from "../../relay/mail/sender-proof.ts"
import { proven, unproven } from "../kit/auth.ts"

const ANNA = "anna@lamplight.example"

it.each<[string, AuthResult | null, string | null, unknown]>([
  ["a signature", proven("lamplight.example"), ANNA, { by: "dkim", domain: "lamplight.example" }],
  ["a server", proven("lamplight.example", "spf"), ANNA, { by: "spf", domain: "lamplight.example" }],
  ["nothing", unproven("lamplight.example"), ANNA, { by: "nothing" }],
  ["nobody knows", unproven("lamplight.example", true), ANNA, { by: "open" }],
  ["nobody looked", null, ANNA, null],
  ["it is another domain's", proven("evil.example"), ANNA, { by: "nothing" }],
  ["it is a parent's, not read as From's", proven("example"), ANNA, { by: "nothing" }],
  ["no From", proven("lamplight.example"), null, { by: "nothing" }],
  [
    "a domain in another script",
    proven("xn--lampstvo-4za.example"),
    "a@lampářství.example",
    { by: "nothing" },
  ],
  [
    "the same in both scripts",
    proven("xn--lampstv-kwa5iu2c.example"),
    "a@lampářství.example",
    { by: "dkim", domain: "xn--lampstv-kwa5iu2c.example" },
  ],
])("vouches for a sender: %s", (_what, auth, from, expected) => {
  expect(senderProof(auth, from)).toEqual(expected)
})

it("names the signature that counts, not a stranger's above it", () => {
  const auth = proven("lamplight.example")
  auth.dkim.unshift({ result: "pass", domain: "list.example", selector: "x", aligned: false })
  expect(senderProof(auth, ANNA)).toEqual({ by: "dkim", domain: "lamplight.example" })
})

it("is read of what the store keeps", () => {
  const auth = JSON.stringify(proven("lamplight.example"))
  expect(keptProof({ auth, from_address: ANNA })).toEqual({ by: "dkim", domain: "lamplight.example" })
  expect(keptProof({ auth: null, from_address: ANNA })).toBeNull()
})
