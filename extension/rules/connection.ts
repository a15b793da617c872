import type { Millis } from "../../shared/words/time.ts"

/**
 * How the relay is reached. Said only from what the relay acknowledged, never from what we sent:
 *
 *   connecting ─ first ack over the socket ─▶ live ─ socket lost ─▶ connecting
 *        └────── beats taken over HTTP ─────▶ beating                  │
 *        └────── neither ───────────────────▶ lost ◀───────────────────┘
 */
export type ConnectionState = "connecting" | "live" | "beating" | "lost"

export interface Connection {
  state: ConnectionState
  /** When the relay last acknowledged a beat, by this machine's clock (for showing only); null for never. */
  ackAt: Millis | null
}

export const NO_CONNECTION: Connection = { state: "connecting", ackAt: null }

export type ConnectionNews =
  | { kind: "acked"; via: "socket" | "http"; at: Millis }
  /** The socket went away; whether beats still get through is not known yet. */
  | { kind: "socket-lost" }
  | { kind: "beat-failed" }

export const stepConnection = (connection: Connection, news: ConnectionNews): Connection => {
  switch (news.kind) {
    case "acked":
      return { state: news.via === "socket" ? "live" : "beating", ackAt: news.at }
    case "socket-lost":
      // Trying again after a failure is no news to the person: it stays lost until something gets through.
      return connection.state === "live" ? { ...connection, state: "connecting" } : connection
    case "beat-failed":
      return { ...connection, state: "lost" }
  }
}

/** Whether what we show of the relay is known to be so now. */
export const isReached = (connection: Connection): boolean =>
  connection.state === "live" || connection.state === "beating"
