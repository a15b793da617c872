import { afterAll, beforeAll, expect, test } from "vitest"
import { runCommand } from "../../relay/cli/index.ts"
import { startRelay, type TestRelay } from "../kit/relay.ts"
import { until } from "../kit/until.ts"
import { openEar, type WebhookEar } from "../kit/webhook-ear.ts"

let relay: TestRelay
let ear: WebhookEar
beforeAll(async () => {
  ear = await openEar()
  relay = await startRelay({ env: { PORCHLIGHT_PRIVATE_TARGETS: "127.0.0.1" } })
  await relay.setUp()
})
afterAll(async () => {
  await relay.stop()
  await ear.stop()
})

const run = async (...args: string[]) => {
  let out = ""
  let err = ""
  const code = await runCommand(args, {
    env: { PORCHLIGHT_DATA: relay.config.data, PORCHLIGHT_PRIVATE_TARGETS: "127.0.0.1" },
    out: (text) => {
      out += `${text}\n`
    },
    err: (text) => {
      err += `${text}\n`
    },
    ended: Promise.resolve(),
  })
  return { code, out, err }
}

test("a webhook is added, tried, changed and removed; a relay that runs sends what is tried", async () => {
  expect((await run("webhook", "list")).out).toContain("There is no webhook")
  const added = await run("webhook", "add", "--name", "CRM", "--url", ear.url, "--event", "all", "--json")
  const { webhookId, secret } = JSON.parse(added.out) as { webhookId: string; secret: string }
  expect(secret).toMatch(/^whsec_/)
  expect((await run("webhook", "list")).out).toMatch(/CRM.*14.*on/)
  expect((await run("webhook", "test", webhookId)).code).toBe(0)
  await ear.of("webhook.test")
  const listed = await until("the answer", async () => {
    const { out } = await run("webhook", "deliveries", webhookId)
    return out.includes("delivered") ? out : null
  })
  expect(listed).toMatch(/webhook\.test.*204/)
  const rotated = await run("webhook", "rotate", webhookId, "--overlap", "48h")
  expect(rotated.out).toMatch(/signs along until .*\nwhsec_/)
  expect(rotated.out).not.toContain(secret)
  expect(await run("webhook", "set", webhookId, "--active", "off")).toMatchObject({ code: 0, err: "" })
  expect((await run("webhook", "list")).out).toMatch(/off\n$/)
  expect((await run("webhook", "remove", webhookId)).code).toBe(0)
  expect((await run("changes", "--kind", "webhook")).out).toMatch(/Webhook “CRM”: removed/)
})

test.each([
  [["add", "--name", "A", "--url", "https://10.0.0.1/", "--event", "all"], 1, "private network"],
  [["add", "--name", "A", "--url", "nonsense", "--event", "all"], 2, "looks like"],
  [["add", "--name", "A", "--url", "https://192.0.43.8/", "--event", "birthdays"], 2, "birthdays"],
  [["set", "wh_nobody"], 1, "webhook list"],
  [["rotate", "wh_aaaaaaaaaaaaaaaaaaaa", "--overlap", "9d"], 2, "0h to 168h"],
  [["test", "wh_aaaaaaaaaaaaaaaaaaaa"], 1, "there is no webhook"],
])("%j is refused with why", async (args, code, why) => {
  const refused = await run("webhook", ...args)
  expect([refused.code, refused.out]).toEqual([code, ""])
  expect(refused.err).toContain(why)
})
