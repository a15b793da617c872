import { afterAll, beforeAll, expect, test } from "vitest"
import { runCommand } from "../../relay/cli/index.ts"
import { startRelay, type TestRelay } from "../kit/relay.ts"

let relay: TestRelay
beforeAll(async () => {
  relay = await startRelay()
  await relay.setUp()
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

const D = "porchlight.localhost"

test("addresses are listed, added and removed", async () => {
  expect((await run("mail-name", "list")).out).toMatch(
    /^address\s+of\s+mail becomes\s+made by\nanna@porchlight\.localhost\s+Anna\s+forwarded\s+the relay\ninbox@porchlight\.localhost\s+inbox\s+a conversation\s+the relay\n$/,
  )
  await run("group", "add", "--name", "Returns")
  expect(await run("mail-name", "add", "Help", "--group", "Returns", "--by", "Olga")).toEqual({
    code: 0,
    out: `Mail to help@${D} becomes a conversation from now on.\n`,
    err: "",
  })
  expect((await run("mail-name", "add", "a.lamp", "--agent", "anna@lamplight.example")).out).toBe(
    `Mail to a.lamp@${D} is forwarded from now on.\n`,
  )
  const listed = JSON.parse((await run("mail-name", "list", "--json")).out) as {
    name: string
    madeBy: string
  }[]
  expect(listed.map(({ name, madeBy }) => [name, madeBy])).toEqual([
    ["a.lamp", "operator"],
    ["anna", null],
    ["help", "Olga"],
    ["inbox", null],
    ["returns", null],
  ])
  expect(await run("mail-name", "remove", "help")).toMatchObject({
    code: 0,
    out: "Mail to help is refused from now on.\n",
  })
})

test("what is wrong is said with the value, and how to go on", async () => {
  expect(await run("mail-name", "add", "info")).toMatchObject({
    code: 2,
    err: expect.stringContaining("say whose name it is: --agent, --group or --inbox"),
  })
  expect(await run("mail-name", "add", "--inbox")).toMatchObject({
    code: 2,
    err: expect.stringContaining("say which name"),
  })
  expect(await run("mail-name", "add", "info", "--inbox", "--group", "Returns")).toMatchObject({ code: 2 })
  expect(await run("mail-name", "add", "Postmaster", "--inbox")).toMatchObject({
    code: 1,
    err: expect.stringContaining("“postmaster” is kept for the relay itself"),
  })
  expect(await run("mail-name", "add", "info", "--group", "Nobody")).toMatchObject({
    code: 1,
    err: expect.stringContaining("there is no group “Nobody”"),
  })
  expect(await run("mail-name", "remove", "nothing")).toMatchObject({
    code: 1,
    err: expect.stringContaining("has no name nothing"),
  })
})

test("a mail domain of the account's own", async () => {
  const refused = await run("account", "set", "--mail-domain", "lamplight.example")
  expect([refused.code, refused.err]).toEqual([
    1,
    expect.stringContaining("use a subdomain, such as chat.lamplight.example"),
  ])
  expect((await run("account", "set", "--mail-domain", "Chat.Lamplight.example")).code).toBe(0)
  expect((await run("account", "list")).out).toContain("chat.lamplight.example")
  expect((await run("mail-name", "list")).out).toContain("inbox@chat.lamplight.example")
  expect((await run("account", "set", "--mail-domain", "none")).code).toBe(0)
  expect((await run("mail-name", "list")).out).toContain(`inbox@${D}`)
})
