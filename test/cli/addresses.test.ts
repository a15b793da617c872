import { afterAll, beforeAll, expect, test } from "vitest"
import { runCommand } from "../../relay/cli/index.ts"
import { type Company, startRelay, type TestRelay } from "../kit/relay.ts"
import { until } from "../kit/until.ts"

let relay: TestRelay
let company: Company

beforeAll(async () => {
  relay = await startRelay()
  company = await relay.setUp()
})
afterAll(() => relay.stop())

const run = async (...args: string[]) => {
  let out = ""
  let err = ""
  const code = await runCommand(args, {
    env: { PORCHLIGHT_DATA: relay.config.data },
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

const json = async <T = Record<string, unknown>>(...args: string[]): Promise<T> => {
  const { code, out, err } = await run(...args, "--json")
  expect([code, err]).toEqual([0, ""])
  return JSON.parse(out) as T
}

/** The code that was mailed to an address. */
const codeTo = (address: string): Promise<string> =>
  until(`a code to ${address}`, async () => {
    const [mail = ""] = await relay.mailsTo(address)
    return /^ {4}(\d{6})$/m.exec(mail)?.[1]
  })

interface Listed {
  redirects: { owner: { kind: string; id: string }; address: string; mode: string; setBy: string }[]
  verified: string[]
}

const INFO = "info@lamplight.example"

test("a general inbox: asked, confirmed, set, listed, switched off", async () => {
  const early = await run("redirect", "set", INFO)
  expect([early.code, early.err]).toEqual([1, expect.stringContaining(`to read mail at ${INFO}`)])
  expect((await run("redirect", "list")).out).toContain("There are no redirects")

  const asked = await run("address", "ask", "Info@Lamplight.example", "--by", "Olga")
  expect([asked.code, asked.out]).toEqual([
    0,
    expect.stringContaining(`Then: porchlight address confirm ${INFO} CODE`),
  ])
  const code = await codeTo(INFO)
  const wrong = await run("address", "confirm", INFO, code === "000000" ? "111111" : "000000")
  expect([wrong.code, wrong.err]).toEqual([1, expect.stringContaining("wrong, used or too old")])
  expect((await json<Listed>("redirect", "list")).verified).toEqual([])
  expect((await run("address", "confirm", INFO, code)).out).toContain(`${INFO} is confirmed`)

  const set = await run("redirect", "set", INFO, "--mode", "instead-of", "--by", "Olga")
  expect(set.out).toContain(`Mail of the account goes to ${INFO} now, instead of the agents.`)
  const { redirects, verified } = await json<Listed>("redirect", "list")
  expect(redirects).toMatchObject([
    { owner: { kind: "account", id: company.accountId }, address: INFO, mode: "instead-of", setBy: "Olga" },
  ])
  expect(verified).toEqual([INFO])
  expect((await run("redirect", "list")).out).toMatch(
    /account +the account +info@lamplight\.example +instead-of/,
  )

  const { store, clock } = relay
  const { accountId, agentId } = company
  await store.run("setAgent", { accountId, agentId, offlineNotices: false }, clock.now())
  const off = await run("redirect", "off")
  expect(off.out).toContain("Mail of the account is not redirected any more.")
  expect(off.out).toContain("Nobody gets offline notices of conversations without a group now")
  await store.run("setAgent", { accountId, agentId, offlineNotices: true }, clock.now())
})

test("how destinations fare, and a fallback for one", async () => {
  const listed = await run("destinations", "list")
  expect(listed.out).toMatch(new RegExp(`^${company.address} +Anna +fine`, "m"))
  expect((await run("destinations", "list", "--failing")).out).toContain("No address is failing.")
  const set = await run("destinations", "fallback", company.address, "--to", INFO)
  expect(set.out).toContain(`Notices go to ${INFO}, too, while mail to ${company.address} keeps failing.`)
  const [row] = await json<{ address: string; fallback: unknown }[]>("destinations", "list")
  expect(row).toMatchObject({ address: company.address, fallback: { address: INFO, setBy: "operator" } })
  const off = await run("destinations", "fallback", company.address, "--off")
  expect(off.out).toContain(`${company.address} has no fallback any more.`)
  const both = await run("destinations", "fallback", company.address)
  expect([both.code, both.err]).toEqual([2, expect.stringContaining("either --to OTHER or --off")])
  const stranger = await run("destinations", "fallback", company.address, "--to", "x@elsewhere.example")
  expect([stranger.code, stranger.err]).toEqual([1, expect.stringContaining("x@elsewhere.example")])
})

test("a group's inbox and an agent's redirect, each by name", async () => {
  const { store, clock } = relay
  const { accountId, agentId } = company
  const { groupId } = await store.run(
    "createGroup",
    { accountId, name: "Sales", members: [agentId] },
    clock.now(),
  )
  await json("redirect", "set", INFO, "--group", "Sales")
  await json("redirect", "set", INFO, "--agent", company.address)
  const { redirects } = await json<Listed>("redirect", "list")
  expect(redirects.map(({ owner }) => owner)).toEqual([
    { kind: "agent", id: agentId },
    { kind: "group", id: groupId },
  ])
  const both = await run("redirect", "off", "--group", "Sales", "--agent", company.address)
  expect([both.code, both.err]).toEqual([2, expect.stringContaining("not both")])
  const none = await run("redirect", "off", "--group", "Returns")
  expect([none.code, none.err]).toEqual([1, expect.stringContaining("there is no group “Returns”")])
  const used = await run("address", "remove", INFO)
  expect([used.code, used.err]).toEqual([1, expect.stringContaining("switch that off first")])
  await json("redirect", "off", "--group", "Sales")
  await json("redirect", "off", "--agent", company.address)
  expect((await run("address", "remove", INFO)).out).toContain(`${INFO} is not confirmed any more`)
  expect((await json<Listed>("redirect", "list")).redirects).toEqual([])
})

test("an agent's destination, for somebody who cannot do it themselves", async () => {
  const fresh = "anna@new.example"
  await json("address", "ask", fresh, "--agent", company.address)
  const confirmed = await run("address", "confirm", fresh, await codeTo(fresh), "--agent", company.address)
  expect(confirmed.out).toContain(`${fresh} is the destination and sign-in address from now on`)
  await until("the mail to the former address", async () =>
    (await relay.mailsTo(company.address)).some((mail) => mail.includes("By: operator")),
  )
  const agents = await json<{ id: string; address: string }[]>("agent", "list")
  expect(agents.find(({ id }) => id === company.agentId)?.address).toBe(fresh)
})

test.each([
  [["address"], "say what to do: ask, confirm"],
  [["address", "ask"], "say which address"],
  [["address", "ask", "nonsense"], "“nonsense”: "],
  [["address", "ask", INFO, "more"], "“more” is not expected here"],
  [["address", "confirm", INFO], "say which code"],
  [["address", "confirm", INFO, "12"], "it has six digits"],
  [["redirect", "set"], "say which address"],
  [["redirect", "set", INFO, "--mode", "both"], "along-with, instead-of"],
])("porchlight %s is refused with what would be right", async (args, words) => {
  const { code, err } = await run(...(args as string[]))
  expect([code, err]).toEqual([2, expect.stringContaining(words as string)])
})
