import { execFileSync } from "node:child_process"
import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs"
import { cpus, loadavg, release, tmpdir, totalmem } from "node:os"
import path from "node:path"
import { quantile, rounded } from "./result.ts"

/** What figures depend on. */
export interface Machine {
  cores: string
  memory: string
  system: string
  node: string
  /** Median of writing and syncing 4 kB, ms. */
  fsyncMs: number
  /** Runnable processes before it began, mean of a minute: what else the machine had to do. */
  load: number
  /** Version measured; with `+` when files were changed since. */
  commit: string
}

const fsyncMs = (): number => {
  const folder = mkdtempSync(path.join(tmpdir(), "porchlight-fsync-"))
  const file = openSync(path.join(folder, "probe"), "w")
  const block = Buffer.alloc(4096, 7)
  const times = Array.from({ length: 200 }, () => {
    const started = performance.now()
    writeSync(file, block)
    fsyncSync(file)
    return performance.now() - started
  })
  closeSync(file)
  rmSync(folder, { recursive: true })
  return rounded(quantile(times, 0.5), 2)
}

const git = (...args: string[]): string => execFileSync("git", args, { encoding: "utf8" }).trim()

export const describeMachine = (): Machine => ({
  cores: `${cpus().length} × ${cpus()[0]?.model ?? "unknown"}`,
  memory: `${Math.round(totalmem() / 2 ** 30)} GB`,
  system: `Linux ${release()}`,
  node: process.version,
  fsyncMs: fsyncMs(),
  load: rounded(loadavg()[0] ?? 0),
  commit: `${git("rev-parse", "--short", "HEAD")}${git("status", "--porcelain", "--untracked-files=no") === "" ? "" : "+"}`,
})
