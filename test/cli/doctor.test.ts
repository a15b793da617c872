import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import path from "node:path"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest"
import type { Actions } from "../../relay/actions/index.ts"
import { runCommand } from "../../relay/cli/index.ts"
import type { InputOf } from "../../relay/store/store.ts"
import { HOUR, MINUTE } from "../../shared/words/time.ts"
import { CHOSEN_EVENTS } from "../../shared/words/webhooks.ts"
import { type DnsServer, startDnsServer } from "../kit/dns-server.ts"
import { startRelay, type TestRelay } from "../kit/relay.ts"
import { openTestFile } from "../kit/stores.ts"

const DOMAIN = "chat.lamps.example"
const COMPANY: InputOf<Actions["setUp"]> = {
  company: "Lamps Ltd",
  agent: { name: "Ada", address: "ada@lamps.example", language: "en", zone: "UTC" },
  site: { name: "Lamps", origins: ["*"] },
  graceMs: MINUTE,
  waitMs: MINUTE,
}
let dns: DnsServer
let relay: TestRelay
beforeAll(async () => {
  dns = await startDnsServer()
  relay = await startRelay({ env: { PORCHLIGHT_MAIL_DOMAIN: DOMAIN, PORCHLIGHT_DNS: dns.address } })
})
afterAll(async () => {
  await relay.stop()
  await dns.close()
})

/** How busy the machine is that the tests run on is no matter: each look at this clock takes as long. */
let step = 0.5
let passed = 0
const elapsed = (): number => {
  passed += step
  return passed
}

const run = async (...args: string[]) => {
  let out = ""
  let err = ""
  const code = await runCommand(args, {
    env: {
      PORCHLIGHT_DATA: relay.config.data,
      PORCHLIGHT_MAIL_DOMAIN: DOMAIN,
      PORCHLIGHT_DNS: dns.address,
      PORCHLIGHT_SMTP: `127.0.0.1:${relay.smtpPort}`,
    },
    out: (text) => {
      out += `${text}\n`
    },
    err: (text) => {
      err += `${text}\n`
    },
    ended: Promise.resolve(),
    elapsed,
  })
  return { code, out, err }
}

interface Row {
  name: string
  type: string
  value: string
}

test("says what is missing, with what to publish; once that is done, that nothing needs to be done", async () => {
  const before = await run("doctor")
  expect([before.code, before.err]).toEqual([1, ""])
  expect(before.out).toMatch(
    /^missing {4}Mail exchanger \(MX\): chat\.lamps\.example\n +There is no such record\./m,
  )
  expect(before.out).toContain("wanted: v=spf1 mx -all")
  expect(before.out).toMatch(/optional {3}Encryption announced/)
  expect(before.out).toMatch(/right {6}Mail server of the relay: 127\.0\.0\.1:/)
  expect(before.out).toMatch(/\n\d+ of \d+ need somebody's attention\.\n$/)

  const records = JSON.parse((await run("dns", "--json")).out) as Row[]
  dns.zone[DOMAIN] = { A: ["93.184.216.34"], MX: [[10, DOMAIN]] }
  for (const { name, type, value } of records)
    if (type === "TXT") dns.zone[name] = { ...dns.zone[name], TXT: [value] }
  // Announced, its policy would be looked for on the internet.
  delete dns.zone[`_mta-sts.${DOMAIN}`]
  const after = await run("doctor")
  expect([after.code, after.err]).toEqual([0, ""])
  expect(after.out).toMatch(/right {6}Who may send \(SPF\)/)
  expect(after.out).toMatch(/\nNothing needs to be done\.\n$/)
})

test("as JSON, each with its words", async () => {
  const { code, out } = await run("doctor", "--json")
  expect(code).toBe(0)
  const findings = JSON.parse(out) as { check: string; says: string; state: string }[]
  expect(findings.find(({ check }) => check === "port-25")).toMatchObject({
    state: "note",
    says: expect.stringContaining(`others come to port 25 of ${DOMAIN}`),
  })
  expect(out).not.toContain("PRIVATE KEY")
})

test("looks at the store, and at what the relay does by itself", async () => {
  const { out } = await run("doctor")
  expect(out).toMatch(
    /right {6}Store: SQLite 3\.[\d.]+\n +[\d.]+ MB\. What is written is on disk within \d+ ms\./,
  )
  expect(out).toMatch(/right {6}What the relay does by itself\n +One relay runs, and nothing that is due/)
})

test("a slow store is wrong, with what to do", async () => {
  step = 140
  const { code, out } = await run("doctor")
  step = 0.5
  expect(code).toBe(1)
  expect(out).toMatch(/wrong {6}Store: SQLite [\d.]+\n +It takes 140 ms until what is written is on disk\./)
  expect(out).toContain("→ Put it on a disk of its own")
})

test("works while the relay does not run, and says that nobody answers", async () => {
  await relay.restart()
  const gone = relay.smtpPort
  await relay.restart()
  const { code, out } = await runWith({ PORCHLIGHT_SMTP: `127.0.0.1:${gone === relay.smtpPort ? 1 : gone}` })
  expect(code).toBe(1)
  expect(out).toContain("→ Start the relay (porchlight serve)")
})

const runWith = async (env: Record<string, string>) => {
  let out = ""
  const code = await runCommand(["doctor"], {
    env: {
      PORCHLIGHT_DATA: relay.config.data,
      PORCHLIGHT_MAIL_DOMAIN: DOMAIN,
      PORCHLIGHT_DNS: dns.address,
      ...env,
    },
    out: (text) => {
      out += text
    },
    err: () => undefined,
    ended: Promise.resolve(),
    elapsed,
  })
  return { code, out }
}

test.each([
  [
    ["doctor", "--domain", "other.example"],
    1,
    "“other.example” is no mail domain of this relay; there is chat.lamps.example",
  ],
  [["doctor", "--probe", "nobody"], 2, "name@example.com"],
  [["dns", "--domain", "other.example"], 1, "is no mail domain"],
])("porchlight %s is refused with what would be right", async (args, exit, words) => {
  const { code, err } = await run(...args)
  expect([code, err]).toEqual([exit, expect.stringContaining(words)])
})

describe("where the relay has ended", () => {
  let folder: string
  let store: Awaited<ReturnType<typeof openTestFile>>
  beforeEach(async () => {
    const now = Date.now()
    folder = await mkdtemp(path.join(tmpdir(), "porchlight-doctor-"))
    store = await openTestFile(path.join(folder, "porchlight.db"))
    const { accountId } = await store.run("setUp", COMPANY, now - HOUR)
    const hook = { accountId, name: "CRM", url: "https://crm.lamps.example/hook", events: [...CHOSEN_EVENTS] }
    const { webhookId } = await store.run("createWebhook", hook, now - HOUR)
    await store.run("testWebhook", { accountId, webhookId }, now - 7 * MINUTE)
  })
  afterEach(async () => {
    await store.close()
    await rm(folder, { recursive: true })
  })

  test("that is to be known, and what waits for it is not wrong", async () => {
    const { out } = await runWith({ PORCHLIGHT_DATA: folder })
    expect(out).toMatch(/to know {4}What the relay does by itself\n +No relay runs\./)
    expect(out).not.toContain("webhook")
  })

  test("but where one runs, what is late is wrong, with what to do", async () => {
    await store.run("startRelay", { relayId: "busy" }, Date.now())
    const { code, out } = await runWith({ PORCHLIGHT_DATA: folder })
    expect(code).toBe(1)
    expect(out).toMatch(
      /wrong {6}What the relay does by itself\n +A message to a webhook .* sent 7 minutes ago\./,
    )
    expect(out).toContain("→ It is not the receiver")
  })
})
