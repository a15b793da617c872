import { afterAll, beforeAll, expect, test } from "vitest"
import { runCommand } from "../../relay/cli/index.ts"
import type { ChangeView } from "../../shared/protocol/record-views.ts"
import { type Company, startRelay, type TestRelay } from "../kit/relay.ts"
import { ask, bearer } from "./kit.ts"

/** Every way in which settings are changed says who it was. */

let relay: TestRelay
let company: Company
let admin: string
let groupId: string
beforeAll(async () => {
  relay = await startRelay()
  company = await relay.setUp()
  admin = await relay.signIn()
  const { json } = await ask(relay, "POST", "/api/groups", { body: { name: "Returns" }, ...bearer(admin) })
  groupId = json.groupId as string
})
afterAll(() => relay.stop())

const newest = async (): Promise<ChangeView> => {
  const { json } = await ask(relay, "GET", "/api/changes?limit=1", bearer(admin))
  return (json.changes as ChangeView[])[0]!
}

test.each([
  ["PATCH", "/api/settings", () => ({ graceSeconds: 7 }), "account"],
  ["POST", "/api/groups", () => ({ name: "Sales" }), "mail-name"],
  ["PATCH", "/api/groups/GROUP", () => ({ members: [company.agentId] }), "group"],
  ["POST", "/api/sites", () => ({ name: "Blog", origins: ["*"] }), "site"],
  ["PATCH", "/api/sites/SITE", () => ({ name: "Shop" }), "site"],
  ["POST", "/api/team", () => ({ name: "Dan", address: "dan@c.example" }), "mail-name"],
  ["PATCH", "/api/team/AGENT", () => ({ offlineNotices: false }), "agent"],
  ["PATCH", "/api/me", () => ({ name: "Anne" }), "agent"],
  ["POST", "/api/mail-names", () => ({ name: "help", owner: { kind: "group", id: groupId } }), "mail-name"],
  ["POST", "/api/mail-names/remove", () => ({ name: "help" }), "mail-name"],
  [
    "PUT",
    "/api/redirects",
    () => ({
      owner: { kind: "group", id: groupId },
      redirect: { address: company.address, mode: "along-with" },
    }),
    "address",
  ],
  [
    "POST",
    "/api/webhooks",
    () => ({ name: "CRM", url: "https://192.0.43.8/hook", events: ["light.changed"] }),
    "webhook",
  ],
  ["POST", "/api/groups/GROUP/delete", () => ({}), "mail-name"],
] as const)("%s %s is by the admin, on a screen", async (method, path, body, kind) => {
  const before = await newest()
  const at = path.replace("GROUP", groupId).replace("SITE", company.siteId).replace("AGENT", company.agentId)
  const { status, text } = await ask(relay, method, at, { body: body(), ...bearer(admin) })
  expect([status, text]).toEqual([expect.toSatisfy((one: number) => one < 300), text])
  const change = await newest()
  expect(change.seq).toBeGreaterThan(before.seq)
  expect(change).toMatchObject({ way: "screen", byAgent: company.agentId, kind })
})

test("on the command line it is by its user", async () => {
  const io = {
    env: { PORCHLIGHT_DATA: relay.config.data },
    out: () => {},
    err: () => {},
    ended: Promise.resolve(),
  }
  expect(await runCommand(["account", "set", "--wait", "9"], io)).toBe(0)
  const change = await newest()
  expect(change).toMatchObject({ way: "cli", byAgent: null, fields: [{ field: "wait_ms", to: 9000 }] })
  expect(change.byName).toMatch(/\w/)
})
