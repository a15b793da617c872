import { WebSocket } from "ws"
import type { AgentPush } from "../../shared/protocol/live.ts"
import type { ToolbarState } from "../../shared/protocol/views.ts"

/** A screen of an agent that only looks: all it was told over /live/agent, and the newest toolbar state. */
export interface AgentScreen {
  pushes: AgentPush[]
  toolbar(): ToolbarState
  close(): Promise<void>
}

/** Connects with a device's token. Throws when the relay does not welcome it. */
export const connectScreen = async (url: string, token: string): Promise<AgentScreen> => {
  const socket = new WebSocket(`${url.replace(/^http/, "ws")}/live/agent`)
  const pushes: AgentPush[] = []
  let toolbar: ToolbarState | null = null
  const closed = new Promise<number>((resolve) => socket.once("close", resolve))
  const welcomed = new Promise<void>((resolve) => {
    socket.on("message", (data) => {
      const push = JSON.parse(String(data)) as AgentPush
      pushes.push(push)
      if (push.type === "welcome") toolbar = push.toolbar
      if (push.type === "toolbar" && toolbar) toolbar = { ...toolbar, ...push.toolbar }
      if (push.type === "welcome") resolve()
    })
  })
  socket.once("open", () =>
    socket.send(JSON.stringify({ type: "hello", token, role: "screen", cursor: null })),
  )
  // Whatever goes wrong, a close follows.
  socket.on("error", () => {})
  const refused = closed.then((code) => Promise.reject(new Error(`the relay closed the socket (${code})`)))
  await Promise.race([welcomed, refused])
  refused.catch(() => {})
  return {
    pushes,
    toolbar: () => toolbar!,
    close: async () => {
      socket.close()
      await closed
    },
  }
}
