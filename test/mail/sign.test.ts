import { dkimVerify } from "mailauth/lib/dkim/verify.js"
import { beforeAll, describe, expect, it } from "vitest"
import { composeMail } from "../../relay/mail/compose.ts"
import { type DkimKeys, makeDkimKeys, readDkimKeys } from "../../relay/mail/dkim-keys.ts"
import { dkimRecords } from "../../relay/mail/dns.ts"
import { signMail } from "../../relay/mail/sign.ts"
import { ENVELOPE, SAMPLES } from "./sample-mails.ts"

const DOMAIN = ENVELOPE.domain
const AT = ENVELOPE.createdAt
let keys: DkimKeys

beforeAll(async () => {
  keys = readDkimKeys(await makeDkimKeys(AT))
})

/** Results by selector, checked against the records we would publish. */
const verify = async (
  raw: Buffer,
  published = dkimRecords(keys, DOMAIN, AT),
): Promise<Record<string, string>> => {
  const resolver = async (name: string, type: string): Promise<string[][]> => {
    const record = published.find((one) => one.name === name && one.type === type)
    if (!record) throw Object.assign(new Error(`no ${type} at ${name}`), { code: "ENOTFOUND" })
    // As a zone file has it: strings of at most 255 characters.
    return [record.value.match(/.{1,255}/g) ?? []]
  }
  const { results } = await dkimVerify(raw, { resolver, curTime: new Date(AT + 60_000) })
  return Object.fromEntries(results.map((result) => [result.selector ?? "none", result.status.result]))
}

/** Both keys of the month they were made in. */
const month = new Date(AT).toISOString().slice(0, 7)
const PASS = { [`pl-${month}-r`]: "pass", [`pl-${month}-e`]: "pass" }

describe("DKIM", () => {
  it.each(Object.keys(SAMPLES))("signs %s with both keys", async (name) => {
    const raw = await signMail(await composeMail(SAMPLES[name]!, ENVELOPE), keys, DOMAIN, AT)
    expect(await verify(raw)).toEqual(PASS)
    expect(raw.toString("latin1")).not.toMatch(/[^\r]\n/)
    expect(raw.toString("latin1").match(/c=relaxed\/relaxed/g)).toHaveLength(2)
  })

  it.each([
    ["a word of the body", /Hello!/, "Hullo!"],
    ["the subject", /Q\?Hello/, "Q?Hullo"],
    ["who it is from", /<r-k3/, "<r-k4"],
    ["that it is automatic", /^Auto-Submitted: auto-generated/m, "Auto-Submitted: no"],
  ])("notices a change of %s", async (_what, from, to) => {
    const raw = await signMail(await composeMail(SAMPLES.notice!, ENVELOPE), keys, DOMAIN, AT)
    const changed = raw.toString("latin1").replace(from, to)
    expect(changed).not.toBe(raw.toString("latin1"))
    for (const result of Object.values(await verify(Buffer.from(changed, "latin1"))))
      expect(result).not.toBe("pass")
  })

  it("fails against other keys", async () => {
    const raw = await signMail(await composeMail(SAMPLES.code!, ENVELOPE), keys, DOMAIN, AT)
    const others = dkimRecords(readDkimKeys(await makeDkimKeys(AT)), DOMAIN, AT)
    for (const result of Object.values(await verify(raw, others))) expect(result).not.toBe("pass")
  })

  it("refuses what are no keys", async () => {
    expect(() => readDkimKeys("{}")).toThrow("dkim-keys")
    await expect(
      signMail(
        Buffer.from("From: a@b.c\r\n\r\nx"),
        { keys: [{ ...keys.keys[0]!, pem: "no key" }] },
        DOMAIN,
        AT,
      ),
    ).rejects.toThrow("DKIM signing failed")
  })
})
