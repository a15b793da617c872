import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import Database from "better-sqlite3"
import { afterEach, expect, test } from "vitest"
import { type Actions, actions } from "../../relay/actions/index.ts"
import { openSqlite } from "../../relay/store/sqlite.ts"
import type { Store } from "../../relay/store/store.ts"

const actionsUrl = new URL("../../relay/actions/index.ts", import.meta.url)
const folder = mkdtempSync(path.join(tmpdir(), "porchlight-glances-"))
const file = path.join(folder, "porchlight.db")
let store: Store<Actions>

afterEach(async () => {
  await store.close()
  rmSync(folder, { recursive: true })
})

test("who an address is is seen past a commit that stands still, as soon as it is committed", async () => {
  const { findRecipients } = actions
  store = await openSqlite<Actions>({ file, actionsUrl, glances: { findRecipients } })
  const look = (manner: "glance" | "reading") =>
    store.run("findRecipients", { addresses: ["sales@relay.test", "inbox@relay.test"] }, 1, manner)
  await store.run("startRelay", { relayId: "re_one", mailDomain: "relay.test" }, 1)
  expect((await look("glance")).map(({ kind }) => kind)).toEqual(["unknown", "unknown"])
  const { accountId } = await store.run("createAccount", ACCOUNT, 1)
  expect((await look("glance"))[1]).toMatchObject({ kind: "conversation", accountId })

  // Another process keeps the store from committing for as long as it likes.
  const other = new Database(file)
  other.exec("BEGIN IMMEDIATE")
  const waits = store.run("createAccount", ACCOUNT, 2)
  const seen = await Promise.all([look("glance"), look("glance"), look("glance")])
  expect(seen.map(([, inbox]) => inbox?.kind)).toEqual(["conversation", "conversation", "conversation"])
  expect(await Promise.race([waits.then(() => "committed"), look("glance").then(() => "waits")])).toBe(
    "waits",
  )
  other.exec("COMMIT")
  other.close()
  await waits
  // Where it cannot be done here, the thread says the same.
  expect((await look("reading"))[1]?.kind).toBe("conversation")
})

const ACCOUNT = { name: "Acme", language: "en", zone: "UTC", graceMs: 0, waitMs: 0 } as const
