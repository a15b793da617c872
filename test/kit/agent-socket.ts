import { WebSocket } from "ws"
import type { AgentFrame, AgentPush, Beat } from "../../shared/protocol/live.ts"
import type { AgentEvent } from "../../shared/protocol/views.ts"
import { until } from "./until.ts"

/** An agent's device or screen on /live/agent: keeps all it was told. */
export interface AgentSocket {
  pushes: AgentPush[]
  events(): AgentEvent[]
  send(frame: AgentFrame): void
  /** Sends a beat with the next number of its boot. */
  beat(beat?: Partial<Beat>): void
  /** The first push, here already or still to come, that is as asked. */
  push<P extends AgentPush>(is: (push: AgentPush) => push is P): Promise<P>
  event<K extends AgentEvent["kind"]>(
    kind: K,
    is?: (event: Extract<AgentEvent, { kind: K }>) => boolean,
  ): Promise<Extract<AgentEvent, { kind: K }>>
  /** Resolves with the close code. */
  closed: Promise<number>
  /** As a browser does that is quit. */
  close(): Promise<void>
}

/** Pushes of one type. */
export const ofType =
  <T extends AgentPush["type"]>(type: T) =>
  (push: AgentPush): push is Extract<AgentPush, { type: T }> =>
    push.type === type

/** Connects; with a token says hello and waits for the welcome. */
export const connectAgent = async (
  relay: { url: string },
  token: string | null,
  { role = "device" as "device" | "screen", cursor = null as number | null } = {},
): Promise<AgentSocket> => {
  const socket = new WebSocket(`${relay.url.replace(/^http/, "ws")}/live/agent`)
  const pushes: AgentPush[] = []
  const bootId = `boot-${crypto.randomUUID()}`
  let seq = 0
  socket.on("message", (data) => pushes.push(JSON.parse(String(data)) as AgentPush))
  // Whatever went wrong, a close follows.
  socket.on("error", () => {})
  const closed = new Promise<number>((resolve) => socket.once("close", resolve))
  await Promise.race([new Promise((resolve) => socket.once("open", resolve)), closed])

  const events = (): AgentEvent[] => pushes.filter(ofType("event")).map(({ event }) => event)
  const self: AgentSocket = {
    pushes,
    events,
    send: (frame) => socket.send(JSON.stringify(frame)),
    beat: (beat) =>
      self.send({ type: "beat", bootId, seq: ++seq, state: "active", intervalMs: 20_000, ...beat }),
    push: (is) => until("a push", () => pushes.find(is)),
    event: (kind, is = () => true) =>
      until(
        `an event ${kind}`,
        () => events().find((event) => event.kind === kind && is(event as never)) as never,
      ),
    closed,
    close: async () => {
      socket.close()
      await closed
    },
  }
  if (token !== null) {
    self.send({ type: "hello", token, role, cursor })
    await self.push(ofType("welcome"))
  }
  return self
}
