import { randomBytes } from "node:crypto"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { type End, failSyncs, familyOf, fillDisk, isRoot, limitFiles, openDisk } from "../faults/disk.ts"
import { createScene, type Scene } from "../faults/scene.ts"
import { type Fault, openTrial, type Trial } from "../faults/trial.ts"
import { setUp } from "../kit/api.ts"
import { type PrivatePostgres, startPostgres } from "../kit/postgres-server.ts"
import type { RelayProcess } from "../kit/relay-process.ts"
import { until } from "../kit/until.ts"
import { connectVisitor, ofType } from "../kit/visitor-socket.ts"

/**
 * Disks of a PostgreSQL that cannot take what they are given, under a relay that everybody writes to. Where the server
 * gives up over it, whoever looks after it (systemd, mostly) starts it anew once its disk is well: so does this suite.
 * The relay is left alone.
 */

const AGENT = "anna@agents.example"
/** A database that is empty is some 40 MB. */
const DATA_MB = 128
const WAL_MB = 24
/** Files of the server that are smaller may still grow: segments of its log are, so that it goes on. */
const LARGEST_FILE = 1024 * 1024
/** Larger than that, and nothing that could be made smaller. */
const FILE = randomBytes(1.5 * LARGEST_FILE).toString("base64")

let disks: Awaited<ReturnType<typeof openDisk>>[]
let server: PrivatePostgres
let scene: Scene
let relay: RelayProcess
let trial: Trial

/** The server is started again if it gave up, and takes connections. */
const revive = async (): Promise<void> => {
  await until(
    "PostgreSQL is up",
    async () => {
      if (server.pid() === null) await server.start()
      return scene.read("SELECT 'up' AS text").then(
        () => true,
        // It still recovers, or is about to give up.
        () => false,
      )
    },
    60_000,
  )
}

/** Ends the fault, and has the server up again. */
const andRevive =
  (end: End): End =>
  async () => {
    await end()
    await revive()
  }

/** The processes that the server has. */
const family = (): number[] => {
  const pid = server.pid()
  return pid === null ? [] : familyOf(pid)
}

/** The log may not be shortened for a replica that has gone, which is how most of them come to fill their disk. */
const fillLog = async (): Promise<End> => {
  await scene.read("SELECT slot_name AS text FROM pg_create_physical_replication_slot('gone', true)")
  const end = fillDisk(disks[1]!.folder)
  return async () => {
    await end()
    await revive()
    await scene.read("SELECT 'gone' AS text FROM pg_drop_replication_slot('gone')")
  }
}

const FAULTS: (Fault & { needsRoot: boolean })[] = [
  {
    name: "is full",
    begin: () => fillDisk(disks[0]!.folder),
    smtp: /^452 4\.3\.1 /,
    http: [507],
    needsRoot: true,
  },
  {
    name: "is full where the log of changes is",
    begin: fillLog,
    smtp: /^45[12] 4\.3\.[01] /,
    http: [503, 507],
    needsRoot: true,
  },
  {
    name: "lets no file grow beyond a megabyte",
    begin: async () => andRevive(await limitFiles(family, LARGEST_FILE)),
    smtp: /^45[12] 4\.3\.[01] /,
    http: [503, 507],
    needsRoot: false,
  },
  {
    name: "fails to write through (fsync: EIO)",
    begin: async () => andRevive(await failSyncs(...family())),
    smtp: /^451 4\.3\.0 /,
    http: [503],
    needsRoot: true,
  },
]

/** Reads every row there is: what the server wrote has checksums. */
const readAll = async (): Promise<number> => {
  const tables = await scene.read("SELECT tablename AS text FROM pg_tables WHERE schemaname = 'public'")
  for (const table of tables)
    await scene.read(`SELECT coalesce(sum(length(one::text)), 0)::text AS text FROM "${table}" AS one`)
  return tables.length
}

describe("a disk of PostgreSQL", { timeout: 600_000 }, () => {
  beforeAll(async () => {
    disks = [await openDisk(DATA_MB), await openDisk(WAL_MB)]
    const [data, wal] = disks.map(({ folder }) => folder)
    server = await startPostgres({ durable: true, data, wal })
    scene = await createScene("postgres", undefined, server.url)
    relay = await scene.start()
    const { siteKey } = await setUp(relay, { address: AGENT, grace: 0, wait: 0 })
    const box = await connectVisitor({ url: relay.url, siteKey })
    box.send({ type: "open", language: "en", zone: "UTC" })
    await box.push(ofType("you"))
    const visitor = box.visitor()
    await box.close()
    let files = 0
    const write = async (): Promise<number> => {
      files += 1
      const query = `site=${siteKey}&key=disk-file-${files}&name=${files}.txt`
      const answer = await fetch(`${relay.url}/api/box/uploads?${query}`, {
        method: "POST",
        headers: { Authorization: `Bearer ${visitor}` },
        body: FILE,
      })
      await answer.arrayBuffer()
      return answer.status
    }
    // What is for the operator needs no database: it is a file in the relay's own folder.
    const names = { anna: true, inbox: true, postmaster: false }
    trial = openTrial(scene, { relay, siteKey, agent: AGENT }, names, write)
  })
  afterAll(async () => {
    await relay?.stop()
    await scene?.sink.close()
    await server?.remove()
    for (const disk of disks ?? []) await disk.remove()
  })

  test.each(FAULTS.filter(({ needsRoot }) => isRoot || !needsRoot))(
    "that $name: put off, never lost, and well again",
    (fault) => trial.outlives(fault),
  )

  test("left a database that is whole, and that a relay starts on", async () => {
    expect(await readAll()).toBeGreaterThan(30)
    await trial.startsAgain()
  })
})
