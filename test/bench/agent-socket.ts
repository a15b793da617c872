import { WebSocket } from "ws"
import type { AgentPush } from "../../shared/protocol/live.ts"

/** A moment on a clock that all processes of this machine share, ms with fractions. */
export const stamp = (): number => performance.timeOrigin + performance.now()

export interface AgentSocket {
  /** Called with each push and the moment it came. */
  onPush(listener: (push: AgentPush, at: number) => void): void
  /** Says that it is there, beside what it says by itself every 20 s. */
  beat(): void
  close(): void
}

/** A socket of an agent's device (beats, and so holds the light) or of a screen. Welcomed when it resolves. */
export const connectAgent = (
  url: string,
  token: string,
  role: "device" | "screen",
  onClosed: () => void = () => undefined,
): Promise<AgentSocket> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(`${url.replace(/^http/, "ws")}/live/agent`)
    const listeners: ((push: AgentPush, at: number) => void)[] = []
    let beats: ReturnType<typeof setInterval> | undefined
    let seq = 0
    const bootId = crypto.randomUUID()
    const beat = (): void =>
      socket.send(JSON.stringify({ type: "beat", bootId, seq: seq++, state: "active", intervalMs: 20_000 }))
    socket.once("open", () => socket.send(JSON.stringify({ type: "hello", token, role, cursor: null })))
    socket.once("error", reject)
    socket.once("close", (code) => {
      clearInterval(beats)
      onClosed()
      reject(new Error(`the relay closed the agent's socket (${code})`))
    })
    socket.on("message", (data) => {
      const at = stamp()
      const push = JSON.parse(String(data)) as AgentPush
      if (push.type === "welcome") {
        if (role === "device") {
          beat()
          beats = setInterval(beat, 20_000)
        }
        resolve({ onPush: (listener) => listeners.push(listener), beat, close: () => socket.close() })
      }
      for (const listener of listeners) listener(push, at)
    })
  })
