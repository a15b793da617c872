import { readdirSync, readFileSync } from "node:fs"
import path from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"
import { type Scrubbed, scrubTogether } from "../../relay/scrub.ts"
import { scrubFile } from "../../relay/store/scrub.ts"
import type { Store } from "../../relay/store/store.ts"
import { liveThrough } from "../actions/a-life.ts"
import { type Company, openCompany } from "../actions/company.ts"
import type { actions } from "../actions/dumping-actions.ts"
import { createDatabase, type TestDatabase } from "../kit/stores.ts"

let database: TestDatabase
let store: Store<typeof actions>
let company: Company

beforeEach(async () => {
  database = await createDatabase("sqlite")
  store = await database.open()
  company = await openCompany("sqlite", store as never)
  const { accountId, siteId } = company
  await company.run("setSiteBox", { accountId, siteId, look: null as never, rates: true, transcripts: true })
})
afterEach(async () => {
  await store.close()
  await database.remove()
})

/** How often a word is in the bytes of the store's files. */
const inFiles = (word: string): number => {
  const folder = path.dirname(database.place)
  return readdirSync(folder)
    .map((name) => readFileSync(path.join(folder, name)).toString("latin1").toLowerCase())
    .reduce((sum, bytes) => sum + bytes.split(word).length - 1, 0)
}

test("of whoever was erased no byte is left in the files of the embedded store, beside relays that run", async () => {
  const eve = await liveThrough(company, "evexqz")
  await liveThrough(company, "miaxqz")
  await company.run("erasePerson", { accountId: company.accountId, whose: { address: eve.address } })
  // Deleted is not gone: without this the test would prove nothing.
  expect(inFiles("evexqz")).toBeGreaterThan(0)
  scrubFile(database.place)
  expect(inFiles("evexqz")).toBe(0)
  expect(inFiles("miaxqz")).toBeGreaterThan(20)
  // The store goes on, and finds what it found.
  const mia = await company.run("readPerson", {
    accountId: company.accountId,
    whose: { address: "miaxqz@miaxqz.example" },
  })
  expect(mia.conversations).toBe(2)
  const { visitorId } = await company.newVisitor()
  await company.write(visitorId, "Written after")
  expect(inFiles("written after")).toBeGreaterThan(0)
})

test("many erasures at once have the file written anew twice: once that is under way, and once for all who came since", async () => {
  const begun: ((done: Scrubbed) => void)[] = []
  const scrub = scrubTogether(() => new Promise((resolve) => begun.push(resolve)))
  const done: Scrubbed = { how: "done", copies: [] }
  const first = scrub()
  const others = [scrub(), scrub(), scrub()]
  expect(begun).toHaveLength(1)
  begun[0]!(done)
  await first
  expect(begun, "what came meanwhile may still be in it").toHaveLength(2)
  const late = scrub()
  begun[1]!(done)
  await Promise.all(others)
  expect(begun).toHaveLength(3)
  begun[2]!(done)
  await late
  const next = scrub()
  expect(begun).toHaveLength(4)
  begun[3]!(done)
  await next
})
