import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import path from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { runCommand } from "../../relay/cli/index.ts"

let data: string
beforeAll(async () => {
  data = await mkdtemp(path.join(tmpdir(), "porchlight-dkim-"))
})
afterAll(() => rm(data, { recursive: true }))

const run = async (...args: string[]) => {
  let out = ""
  let err = ""
  const code = await runCommand(args, {
    env: { PORCHLIGHT_DATA: data, PORCHLIGHT_MAIL_DOMAIN: "chat.lamps.example" },
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

const states = async (): Promise<string[]> => {
  const { out } = await run("dkim", "list", "--json")
  return (JSON.parse(out) as { selector: string; state: string }[]).map(
    ({ selector, state }) => `${selector.replace(/pl-\d{4}-\d{2}/, "pl-M")} ${state}`,
  )
}

const month = new Date().toISOString().slice(0, 7)

// One story in four parts: each begins where the one before ended.
test("keys are made before the first start, and listed without their secret part", async () => {
  expect((await run("dkim", "list")).err).toContain("there is no store")
  await run("dns")
  expect(await states()).toEqual(["pl-M-r signing", "pl-M-e signing"])
  expect((await run("dkim", "list")).out).not.toContain("PRIVATE KEY")
})

test("new ones wait, and dns shows old and new", async () => {
  const rotated = await run("dkim", "rotate")
  expect([rotated.code, rotated.err]).toEqual([0, ""])
  expect(rotated.out).toContain("Publish the records of the new keys now; they sign from ")
  expect(await states()).toEqual(["pl-M-r signing", "pl-M-e signing", "pl-M-2-r waiting", "pl-M-2-e waiting"])
  const zone = (await run("dns", "--zone")).out
  expect(zone.match(/^pl-[^ ]*\._domainkey\.chat\.lamps\.example\. /gm)).toHaveLength(4)
})

test("no more are made meanwhile; --now lets those that wait sign", async () => {
  const again = await run("dkim", "rotate", "--overlap", "3d")
  expect([again.code, again.err]).toEqual([1, expect.stringContaining("wait already")])
  expect((await run("dkim", "rotate", "--now")).code).toBe(0)
  expect(await states()).toEqual(["pl-M-r retired", "pl-M-e retired", "pl-M-2-r signing", "pl-M-2-e signing"])
})

test("a key is withdrawn, another retired, the last one not", async () => {
  const withdrawn = await run("dkim", "retire", `pl-${month}-r`, "--withdraw")
  expect(withdrawn.out).toContain(`pl-${month}-r signs no more. Remove its record`)
  expect(await states()).toEqual(["pl-M-e retired", "pl-M-2-r signing", "pl-M-2-e signing"])
  const retired = await run("dkim", "retire", `pl-${month}-2-r`)
  expect(retired.out).toContain("Leave its record until 20")
  const last = await run("dkim", "retire", `pl-${month}-2-e`)
  expect([last.code, last.err]).toEqual([1, expect.stringContaining("no key would sign")])
})

test.each([
  [["dkim", "rotate", "--overlap", "soon"], "48h or 3d"],
  [["dkim", "rotate", "--overlap", "61d"], "at most 60d"],
  [["dkim", "rotate", "--overlap", "48h", "--now"], "use one"],
  [["dkim", "retire"], "say which selector"],
  [["dkim", "burn"], "“burn” is none of: list, rotate, retire"],
])("porchlight %s is refused with what would be right", async (args, words) => {
  const { code, err } = await run(...args)
  expect([code, err]).toEqual([2, expect.stringContaining(words)])
})
