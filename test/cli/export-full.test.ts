import { randomBytes } from "node:crypto"
import { readdirSync } from "node:fs"
import path from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { runCommand } from "../../relay/cli/index.ts"
import { isRoot, openDisk } from "../faults/disk.ts"
import { proven } from "../kit/auth.ts"
import { startRelay, type TestRelay } from "../kit/relay.ts"

/** An export that finds no room leaves nothing that could be taken for one. Only root can mount a disk that small. */

let relay: TestRelay
beforeAll(async () => {
  relay = await startRelay()
  const { accountId } = await relay.setUp()
  await relay.store.run(
    "takeConversationMail",
    {
      ...{ accountId, groupId: null, address: "inbox@relay.test", envelopeFrom: "eve@eve.example" },
      ...{ raw: randomBytes(5_000_000), auth: proven("eve.example") },
      mail: {
        ...{ from: "eve@eve.example", subject: "Lamps", automatic: false, name: "Eve" },
        ...{ messageId: "<1@eve.example>", thread: [], text: "Mail", whole: "Mail", attachments: [] },
      },
    },
    relay.clock.now(),
  )
})
afterAll(() => relay.stop())

const EXPORTS: [string, string[], string][] = [
  ["account", [], "account.jsonl"],
  ["visitor", ["eve@eve.example"], "eve.zip"],
  ["visitor", ["eve@eve.example"], "eve"],
]

test.each(isRoot ? EXPORTS : [])("of %s %s to %s", async (what, whose, name) => {
  const disk = await openDisk(2)
  try {
    const lines: string[] = []
    const say = (text: string) => void lines.push(text)
    const to = path.join(disk.folder, name)
    const code = await runCommand(["export", what, ...whose, "--to", to], {
      env: { PORCHLIGHT_DATA: relay.config.data },
      out: say,
      err: say,
      ended: Promise.resolve(),
    })
    expect({ code, lines }).toEqual({ code: 1, lines: [expect.stringContaining("ENOSPC")] })
    expect(lines[0]).toContain(to)
    expect(readdirSync(disk.folder)).toEqual([])
  } finally {
    await disk.remove()
  }
})
