import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { HOUR } from "../../shared/words/time.ts"
import { startRelayProcess } from "../kit/relay-process.ts"
import { openBench } from "./bench-actions.ts"
import { fillTo } from "./growth.ts"
import { quantile, type Result, rounded } from "./result.ts"
import { passTime } from "./seed.ts"

const TIMES = 5
const CONVERSATIONS = 100_000
/** A relay that has nothing to do has given back by then what starting took, s. */
const IDLE_FOR = 60

/** kB of a line of /proc/<pid>/… (proc(5)), as MB. */
const megabytes = (pid: number, file: string, line: string): number => {
  const text = readFileSync(`/proc/${pid}/${file}`, "utf8")
  const kB = text
    .split("\n")
    .find((one) => one.startsWith(`${line}:`))
    ?.match(/\d+/)?.[0]
  return rounded((Number(kB ?? 0) * 1024) / 1e6)
}

/** Resident memory of a process, MB. */
export const residentMB = (pid: number): number => megabytes(pid, "status", "VmRSS")

/** The same without its share of what other processes have of it (files of the program), MB. */
const ownMB = (pid: number): number => megabytes(pid, "smaps_rollup", "Pss")

interface Found {
  ms: number
  memory: number
  idle: number
  own: number
}

const measure = async (data: () => string): Promise<Found> => {
  const ms: number[] = []
  const memory: number[] = []
  for (let n = 0; n < TIMES; n++) {
    const started = performance.now()
    const relay = await startRelayProcess({ data: data() })
    ms.push(performance.now() - started)
    memory.push(residentMB(relay.pid))
    await relay.stop()
  }
  const relay = await startRelayProcess({ data: data() })
  await new Promise((resolve) => setTimeout(resolve, IDLE_FOR * 1000))
  const [idle, own] = [residentMB(relay.pid), ownMB(relay.pid)]
  await relay.stop()
  return { ms: quantile(ms, 0.5), memory: quantile(memory, 0.5), idle, own }
}

export const start = async (): Promise<Result> => {
  const folder = mkdtempSync(path.join(tmpdir(), "porchlight-bench-"))
  try {
    let n = 0
    const empty = await measure(() => path.join(folder, `empty-${n++}`))
    const full = path.join(folder, "full")
    const store = await openBench(full)
    await fillTo(store, CONVERSATIONS, Date.now() - HOUR)
    await passTime(store as never, Date.now(), Date.now())
    await store.close()
    const stored = await measure(() => full)
    const row = (what: string, { ms, memory, idle, own }: Found) => [what, Math.round(ms), memory, idle, own]
    return {
      name: "start",
      title: "Start",
      how: `From starting the process until /health answers 200, and its resident memory then; median of ${TIMES}. Idle: resident memory ${IDLE_FOR} s later, and without the share of other processes in the program's files.`,
      columns: ["store", "ready after ms", "memory MB", "idle MB", "its own MB"],
      rows: [
        row("new (first run)", empty),
        row(`${CONVERSATIONS.toLocaleString("en")} conversations`, stored),
      ],
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
