import { existsSync, linkSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"
import { giveName } from "../../relay/store/copy/files.ts"

let folder: string
let part: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "porchlight-copy-"))
  part = path.join(folder, "a.db.part")
  file = path.join(folder, "a.db")
  writeFileSync(part, "whole")
})
afterEach(() => rmSync(folder, { recursive: true }))

/** As file systems without second names for a file say it. */
const without = (code: string) => (): never => {
  throw Object.assign(new Error(`${code}: operation not permitted, link`), { code })
}

test.each([["with links", linkSync] as const, ["without", without("EPERM")] as const])(
  "a finished file gets its name, unless something has it: on a file system %s",
  (_, link) => {
    giveName(part, file, link)
    expect([readFileSync(file, "utf8"), existsSync(part)]).toEqual(["whole", false])
    writeFileSync(part, "another")
    expect(() => giveName(part, file, link)).toThrow("is there already")
    expect(readFileSync(file, "utf8")).toBe("whole")
  },
)

test("what else is wrong is said", () => {
  expect(() => giveName(part, file, without("EIO"))).toThrow("EIO")
  expect(existsSync(file)).toBe(false)
})
