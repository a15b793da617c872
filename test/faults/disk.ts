import { execFile, spawn } from "node:child_process"
import { once } from "node:events"
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
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

/**
 * No file of these processes, or of those that they start, may grow beyond so many bytes (`ulimit -f`). They are asked
 * for anew when it ends.
 */
export const limitFiles = async (pids: () => number[], bytes: number): Promise<End> => {
  const limit = async (pid: number, soft: string): Promise<void> => {
    try {
      await asOwner(pid, ["prlimit", "--pid", String(pid), `--fsize=${soft}:unlimited`])
    } catch (error) {
      if (isThere(pid)) throw error
    }
  }
  const all = async (soft: string): Promise<void> => {
    await Promise.all(pids().map((pid) => limit(pid, soft)))
  }
  await all(String(bytes))
  return () => all("unlimited")
}

/** In a container not even root may do that to processes of others. */
const asOwner = async (pid: number, [program = "", ...args]: string[]): Promise<void> => {
  const { uid, gid } = statSync(`/proc/${pid}`)
  if (uid === process.getuid?.()) await run(program, args)
  else await run("setpriv", [`--reuid=${uid}`, `--regid=${gid}`, "--clear-groups", program, ...args])
}

/** A process and those that it has started. */
export const familyOf = (pid: number): number[] => [
  pid,
  ...readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").split(" ").filter(Boolean).map(Number),
]

const isThere = (pid: number): boolean => existsSync(`/proc/${pid}`)

/** Every fsync and fdatasync of the processes, and of those they start, fails with EIO, in all their threads. */
export const failSyncs = async (...pids: number[]): Promise<End> => {
  const calls = "fsync,fdatasync"
  const args = ["-f", "-qqq", "-o", "/dev/null", ...pids.flatMap((pid) => ["-p", String(pid)])]
  const strace = spawn("strace", [...args, "-e", `trace=${calls}`, "-e", `inject=${calls}:error=EIO`], {
    stdio: "ignore",
  })
  await until("strace has the process", () => {
    if (strace.exitCode !== null) throw new Error(`strace ended with ${strace.exitCode}`)
    return pids.filter(isThere).flatMap(threadsOf).every(isTraced)
  })
  const ended = once(strace, "exit")
  return async () => {
    // It ends by itself when the last of them has.
    strace.kill("SIGINT")
    await ended
  }
}

const threadsOf = (pid: number): string[] =>
  readdirSync(`/proc/${pid}/task`).map((id) => `/proc/${pid}/task/${id}`)

const isTraced = (thread: string): boolean =>
  !/^TracerPid:\s+0$/m.test(readFileSync(`${thread}/status`, "utf8"))
