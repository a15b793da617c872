import { type LiveSocket, openLive } from "../../shared/desk/live-socket.ts"
import type { Beat } from "../../shared/protocol/live.ts"
import type { AgentEvent, ToolbarState } from "../../shared/protocol/views.ts"
import type { Session } from "../rules/saved.ts"

export interface SocketEdges {
  /** The relay has said welcome: beats go this way from now on. */
  up(): void
  down(): void
  toolbar(toolbar: ToolbarState): void
  event(event: AgentEvent): void
  acked(seq: number): void
  /** The token is not known any more. */
  signedOut(): void
}

export interface DeviceSocket {
  isUp(): boolean
  /** Connects as this device unless it is connected, or does so sooner than planned. */
  ensure(session: Session, cursor: number | null): void
  beat(beat: Beat): boolean
  close(): void
}

/** The one socket of this device: its beats go over it, and its close ends the presence. */
export const createSocket = (edges: SocketEdges): DeviceSocket => {
  let live: LiveSocket | null = null
  let token: string | null = null
  let up = false

  const down = (): void => {
    if (!up) return
    up = false
    edges.down()
  }

  const close = (): void => {
    live?.stop()
    live = null
    token = null
    down()
  }

  return {
    isUp: () => up,
    ensure: (session, cursor) => {
      if (live !== null && token === session.token) return live.hurry()
      close()
      token = session.token
      live = openLive({
        relay: session.relay,
        token: session.token,
        role: "device",
        cursor,
        onAck: edges.acked,
        onConnected: () => {
          up = true
          edges.up()
        },
        listener: (news) => {
          switch (news.type) {
            case "toolbar":
              return edges.toolbar(news.toolbar)
            case "event":
              return edges.event(news.event)
            case "signed-out":
              return edges.signedOut()
            case "connection":
              if (news.connection.state !== "connected") down()
          }
        },
      })
    },
    beat: (beat) => live?.beat(beat) ?? false,
    close,
  }
}
