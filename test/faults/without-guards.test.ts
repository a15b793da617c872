import { mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { describe, expect, onTestFinished, test } from "vitest"
import { isRoot, openDisk } from "./disk.ts"
import { FAULTS } from "./without/faults.ts"
import { GUARDS, type GuardName } from "./without/guards.ts"
import { openHouse } from "./without/house.ts"

/**
 * Every fault twice: done to the relay as it is, and to one that lacks the guard against it. What the suite finds then
 * is what it would find if somebody took that guard out.
 */

const NAMES = (Object.keys(GUARDS) as GuardName[]).filter((name) => isRoot || FAULTS[name].disk === undefined)

const find = async (name: GuardName, without: GuardName | null): Promise<string[]> => {
  const fault = FAULTS[name]
  const disk = fault.disk === undefined ? null : await openDisk(fault.disk)
  if (disk) onTestFinished(disk.remove)
  const folder = disk
    ? path.join(disk.folder, "relay")
    : mkdtempSync(path.join(tmpdir(), "porchlight-without-"))
  const house = await openHouse(without, { ...fault.plan, folder })
  try {
    return await fault.run(house)
  } finally {
    await house.remove()
  }
}

describe.each(NAMES)("%s", (name) => {
  test(`${GUARDS[name].row}: with it nothing is wrong`, async () => {
    expect(await find(name, null)).toEqual([])
  })

  test(`${GUARDS[name].row}: without it the suite sees it`, async () => {
    const found = await find(name, name)
    console.log(`without “${name}” (${GUARDS[name].row}): ${found.slice(0, 3).join("; ")}`)
    expect(found).toContainEqual(expect.stringMatching(FAULTS[name].finds))
  })
})
