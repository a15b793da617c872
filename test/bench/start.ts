import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { startRelayProcess } from "../kit/relay-process.ts"
import { quantile, type Result, rounded } from "./result.ts"
import { openSeeded, passTime, seedCompany, seedMessages } from "./seed.ts"

const TIMES = 5
const CONVERSATIONS = 20_000

/** Resident memory of a process, MB. */
export const residentMB = (pid: number): number =>
  rounded(Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) / 1000)

const measure = async (data: () => string, times: number): Promise<{ ms: number; memory: number }> => {
  const ms: number[] = []
  const memory: number[] = []
  for (let n = 0; n < times; n++) {
    const started = performance.now()
    const relay = await startRelayProcess({ data: data() })
    ms.push(performance.now() - started)
    memory.push(residentMB(relay.pid))
    await relay.stop()
  }
  return { ms: quantile(ms, 0.5), memory: quantile(memory, 0.5) }
}

export const start = async (): Promise<Result> => {
  const folder = mkdtempSync(path.join(tmpdir(), "porchlight-bench-"))
  try {
    let n = 0
    const empty = await measure(() => path.join(folder, `empty-${n++}`), TIMES)
    const full = path.join(folder, "full")
    const at = 1_767_225_600_000
    const store = await openSeeded(full)
    await seedMessages(store, await seedCompany(store, at), CONVERSATIONS, at, { closed: true })
    await passTime(store, at, at)
    await store.close()
    const stored = await measure(() => full, TIMES)
    const row = (what: string, { ms, memory }: { ms: number; memory: number }) => [
      what,
      Math.round(ms),
      memory,
    ]
    return {
      name: "start",
      title: "Start",
      how: `From starting the process until /health answers 200, and its resident memory then; median of ${TIMES}.`,
      columns: ["store", "ready after ms", "memory MB"],
      rows: [
        row("new (first run)", empty),
        row(`${CONVERSATIONS.toLocaleString("en")} conversations`, stored),
      ],
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
