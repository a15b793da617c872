import { connectAgent } from "./agent-socket.ts"
import { openBox } from "./box-socket.ts"

/**
 * Clients in a process of their own, so that their work is not the measuring one's: chat boxes that wait for
 * the light, or agents' screens that wait for messages. Started by fork(); reports over IPC.
 */
export type CrowdPlan =
  | { kind: "boxes"; url: string; siteKey: string; count: number }
  | { kind: "screens"; url: string; tokens: string[] }

/** `what` is "on", "off", or a message's text; `at` the moments of those who saw it, on the shared clock. */
export type CrowdReport =
  | { type: "ready" }
  | { type: "closed" }
  | { type: "seen"; what: string; at: number[] }

const report = (message: CrowdReport): void => {
  process.send?.(message)
}

/** What was seen since the last report: told together, as telling takes longer than seeing. */
const seen = new Map<string, number[]>()
const REPORT_EVERY = 50
let reporting = false

const saw = (what: string, at: number): void => {
  const moments = seen.get(what)
  if (moments) moments.push(at)
  else seen.set(what, [at])
  if (reporting) return
  reporting = true
  setTimeout(() => {
    reporting = false
    for (const [what, at] of seen) report({ type: "seen", what, at })
    seen.clear()
  }, REPORT_EVERY)
}

const onClosed = (): void => report({ type: "closed" })

const openScreen = async (url: string, token: string): Promise<void> => {
  const socket = await connectAgent(url, token, "screen", onClosed)
  socket.onPush((push, at) => {
    if (push.type !== "event" || push.event.kind !== "message") return
    saw(push.event.message.text, at)
  })
}

/** So many connect at a time: the relay's backlog is not what is measured. */
const WIDTH = 20

const openAll = async (count: number, open: (n: number) => Promise<void>): Promise<void> => {
  for (let n = 0; n < count; n += WIDTH) {
    await Promise.all(Array.from({ length: Math.min(WIDTH, count - n) }, (_, k) => open(n + k)))
  }
}

process.once("message", (plan: CrowdPlan) => {
  const opened =
    plan.kind === "boxes"
      ? openAll(plan.count, () =>
          openBox({ ...plan, onClosed, onLight: (on, at) => saw(on ? "on" : "off", at) }),
        )
      : openAll(plan.tokens.length, (n) => openScreen(plan.url, plan.tokens[n] ?? ""))
  opened.then(
    () => report({ type: "ready" }),
    (error: unknown) => {
      throw error
    },
  )
})
process.once("disconnect", () => process.exit(0))
