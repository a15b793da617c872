import { WebSocket } from "ws"
import { connectAgent, stamp } from "./agent-socket.ts"

/**
 * Clients in a process of their own, so that their work is not the measuring one's: chat boxes that wait for
 * the light, or agents' screens that wait for messages. Started by fork(); reports over IPC.
 */
export type CrowdPlan =
  | { kind: "boxes"; url: string; siteKey: string; count: number }
  | { kind: "screens"; url: string; tokens: string[] }

/** `what` is "on", "off", or a message's text; `at` on the shared clock. */
export type CrowdReport = { type: "ready" } | { type: "closed" } | { type: "seen"; what: string; at: number }

const report = (message: CrowdReport): void => {
  process.send?.(message)
}

const openBox = (url: string, siteKey: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(`${url.replace(/^http/, "ws")}/live/visitor`, { origin: url })
    const hello = { type: "hello", site: siteKey, group: null, tab: crypto.randomUUID(), visitor: null }
    socket.once("open", () => socket.send(JSON.stringify(hello)))
    socket.once("error", reject)
    socket.once("close", () => report({ type: "closed" }))
    socket.on("message", (data) => {
      const at = stamp()
      const push = JSON.parse(String(data)) as { type: string; on?: boolean }
      if (push.type === "welcome") resolve()
      if (push.type === "light") report({ type: "seen", what: push.on ? "on" : "off", at })
    })
  })

const openScreen = async (url: string, token: string): Promise<void> => {
  const socket = await connectAgent(url, token, "screen", () => report({ type: "closed" }))
  socket.onPush((push, at) => {
    if (push.type !== "event" || push.event.kind !== "message") return
    report({ type: "seen", what: push.event.message.text, at })
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
      ? openAll(plan.count, () => openBox(plan.url, plan.siteKey))
      : openAll(plan.tokens.length, (n) => openScreen(plan.url, plan.tokens[n] ?? ""))
  opened.then(
    () => report({ type: "ready" }),
    (error: unknown) => {
      throw error
    },
  )
})
process.once("disconnect", () => process.exit(0))
