import { afterAll, beforeAll, describe, test } from "vitest"
import { ApiError, api, setUp, signIn } from "../kit/api.ts"
import type { RelayProcess } from "../kit/relay-process.ts"
import { failSyncs, fillDisk, isRoot, limitFiles, openDisk } from "./disk.ts"
import { createScene, type Scene } from "./scene.ts"
import { type Fault, openTrial, type Trial } from "./trial.ts"

/** A disk that cannot take what it is given, under a relay with the embedded store that everybody writes to. */

const AGENT = "anna@agents.example"
/** Room for some thousand mails. */
const DISK_MB = 48

let disk: { folder: string; remove(): Promise<void> }
let scene: Scene
let relay: RelayProcess
let trial: Trial

beforeAll(async () => {
  disk = await openDisk(DISK_MB)
  scene = await createScene("sqlite", disk.folder)
  relay = await scene.start()
  const { siteKey } = await setUp(relay, { address: AGENT, grace: 0, wait: 0 })
  const token = await signIn(relay, AGENT, async () => (await scene.sink.received(1))[0]!.raw.toString())
  const zones = ["UTC", "Europe/Prague"]
  const write = async (): Promise<number> => {
    zones.reverse()
    try {
      await api({ url: relay.url, token }, "PATCH", "/api/me", { zone: zones[0] })
      return 200
    } catch (error) {
      if (error instanceof ApiError) return error.status
      throw error
    }
  }
  const names = { anna: true, inbox: true, postmaster: true }
  trial = openTrial(scene, { relay, siteKey, agent: AGENT }, names, write)
})
afterAll(async () => {
  await relay?.stop()
  await scene?.sink.close()
  await disk?.remove()
})

const FAULTS: (Fault & { needsRoot: boolean })[] = [
  {
    name: "is full",
    begin: () => fillDisk(disk.folder),
    smtp: /^452 4\.3\.1 /,
    http: [507],
    needsRoot: true,
  },
  {
    name: "lets no file grow",
    begin: () => limitFiles(() => [relay.pid], 1),
    smtp: /^45[12] 4\.3\.[01] /,
    http: [503, 507],
    needsRoot: false,
  },
  {
    name: "fails to write through (fsync: EIO)",
    begin: () => failSyncs(relay.pid),
    smtp: /^451 4\.3\.0 /,
    http: [503],
    needsRoot: true,
  },
]

describe("a disk", () => {
  test.each(FAULTS.filter(({ needsRoot }) => isRoot || !needsRoot))(
    "that $name: put off, never lost, and well again by itself",
    (fault) => trial.outlives(fault),
  )

  test("left a store that is whole, and that a relay starts on", () => trial.startsAgain())
})
