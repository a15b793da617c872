import { mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { describe, expect, onTestFinished, test } from "vitest"
import { isRoot, openDisk } from "./disk.ts"
import type { Fault } from "./without/fault.ts"
import { FAULTS } from "./without/faults.ts"
import { GUARDS, type GuardName } from "./without/guards.ts"
import { openHouse } from "./without/house.ts"

/**
 * Every fault twice: done to the relay as it is, and to one that lacks the guard against it. What the suite finds then
 * is what it would find if somebody took that guard out.
 */

const TRIALS = (Object.keys(GUARDS) as GuardName[]).flatMap((guard) =>
  FAULTS[guard].filter(({ needsRoot }) => isRoot || !needsRoot).map((fault) => ({ guard, fault })),
)

const find = async (fault: Fault, without: GuardName | null): Promise<string[]> => {
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

describe.each(TRIALS)("$guard", ({ guard, fault }) => {
  test(`${fault.row}: with it nothing is wrong`, async () => {
    expect(await find(fault, null)).toEqual([])
  })

  test(`${fault.row}: without it the suite sees it`, async () => {
    const found = await find(fault, guard)
    const some = found.slice(0, 3).join("; ")
    console.log(`without “${guard}” (${fault.row}): ${found.length} found to be wrong, such as ${some}`)
    expect(found).toContainEqual(expect.stringMatching(fault.finds))
  })
})
