import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, test } from "vitest"
import { MIGRATIONS } from "../../relay/store/migrations/index.ts"
import { openMigrated } from "../../relay/store/sqlite-file.ts"

const NOW = Date.UTC(2026, 10, 21)

test("events from before history had subjects get theirs", async () => {
  const folder = mkdtempSync(join(tmpdir(), "porchlight-history-"))
  try {
    const file = join(folder, "porchlight.db")
    const earlier = MIGRATIONS.slice(
      0,
      MIGRATIONS.findIndex(({ name }) => name === "0003-history"),
    )
    const old = await openMigrated(file, NOW, earlier)
    const insert = old.prepare(
      "insert into events (account_id, seq, kind, body, at) values ('ac', ?, ?, ?, 1)",
    )
    const events = [
      { kind: "presence", agentId: "ag_1", deviceId: "de_1", presence: "present" },
      { kind: "intent", agentId: "ag_1", intent: "busy", version: 2 },
      { kind: "light", groupId: null, on: true },
      { kind: "light", groupId: "gr_1", on: true },
      { kind: "team", agentId: "ag_1" },
    ]
    for (const [index, event] of events.entries()) insert.run(index + 1, event.kind, JSON.stringify(event))
    old.close()

    const db = await openMigrated(file, NOW)
    expect(db.prepare("select subject from events order by seq").pluck().all()).toEqual([
      "de_1",
      "ag_1",
      "light:",
      "light:gr_1",
      null,
    ])
    db.close()
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
