import { execFile, spawn } from "node:child_process"
import { once } from "node:events"
import {
  closeSync,
  fsyncSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeSync,
} from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { promisify } from "node:util"
import { until } from "../kit/until.ts"

/** What disks do to a process that writes on them. */

const run = promisify(execFile)

export const isRoot = process.getuid?.() === 0

/** A disk of its own, of some megabytes where one may mount it (root), else a plain folder. */
export const openDisk = async (megabytes: number): Promise<{ folder: string; remove(): Promise<void> }> => {
  const folder = mkdtempSync(path.join(tmpdir(), "porchlight-disk-"))
  if (isRoot) await run("mount", ["-t", "tmpfs", "-o", `size=${megabytes}m,mode=700`, "tmpfs", folder])
  return {
    folder,
    remove: async () => {
      if (isRoot) await run("umount", [folder])
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** A fault that lasts until it is ended. */
export type End = () => Promise<void> | void

/** Uses the room on a disk up to the last byte. */
export const fillDisk = (folder: string): End => {
  const file = path.join(folder, "filler")
  const handle = openSync(file, "w")
  for (let size = 256 * 1024; size >= 1; size = Math.floor(size / 4)) {
    const bytes = Buffer.alloc(size)
    while (written(handle, bytes));
  }
  fsyncSync(handle)
  closeSync(handle)
  return () => rmSync(file)
}

const written = (handle: number, bytes: Buffer): boolean => {
  try {
    return writeSync(handle, bytes) === bytes.length
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOSPC") return false
    throw error
  }
}

/** No file of the process may grow beyond this many bytes (`ulimit -f`). */
export const limitFiles = async (pid: number, bytes: number): Promise<End> => {
  await run("prlimit", ["--pid", String(pid), `--fsize=${bytes}:unlimited`])
  return async () => {
    await run("prlimit", ["--pid", String(pid), "--fsize=unlimited:unlimited"])
  }
}

/** Every fsync and fdatasync of the process fails with EIO, in all its threads. */
export const failSyncs = async (pid: number): Promise<End> => {
  const calls = "fsync,fdatasync"
  const args = ["-f", "-qqq", "-o", "/dev/null", "-p", String(pid)]
  const strace = spawn("strace", [...args, "-e", `trace=${calls}`, "-e", `inject=${calls}:error=EIO`], {
    stdio: "ignore",
  })
  await until("strace has the process", () => {
    if (strace.exitCode !== null) throw new Error(`strace ended with ${strace.exitCode}`)
    return threadsOf(pid).every(isTraced)
  })
  return async () => {
    const ended = once(strace, "exit")
    strace.kill("SIGINT")
    await ended
  }
}

const threadsOf = (pid: number): string[] =>
  readdirSync(`/proc/${pid}/task`).map((id) => `/proc/${pid}/task/${id}`)

const isTraced = (thread: string): boolean =>
  !/^TracerPid:\s+0$/m.test(readFileSync(`${thread}/status`, "utf8"))
