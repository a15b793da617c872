import { deviceName } from "../../shared/words/browser-name.ts"
import { clientAddress } from "../http/client-address.ts"
import type { Desk } from "../http/route.ts"
import type { SocketPaths } from "../http/upgrade.ts"
import { type AgentLive, agentSide, type Carriers } from "./agents.ts"
import { createBoxes } from "./boxes.ts"
import { createSockets, type SocketTimes } from "./connection.ts"
import { createFanOut } from "./fan-out.ts"
import { createToolbars } from "./toolbars.ts"
import { createTypingLine } from "./typing.ts"
import { visitorSide } from "./visitors.ts"

/** Everything live of one relay. */
export interface Live {
  agents(): number
  visitors(): number
  /** Both sockets, by their paths. */
  paths: SocketPaths
  /** Sends everybody away with 1001, waits until they are gone (at most `withinMs`), then cuts the rest. */
  stop(withinMs: number): Promise<void>
}

export const createLive = (desk: Desk, times?: SocketTimes): Live => {
  const fanOut = createFanOut(desk)
  const toolbars = createToolbars(desk)
  const typing = createTypingLine(desk)
  const boxes = createBoxes({ ...desk, fanOut, typing })
  const carriers: Carriers = new Map()
  const agentLive: AgentLive = { ...desk, fanOut, toolbars, carriers, typing }
  const visitorLive = { ...desk, boxes, typing }
  const agents = createSockets(desk.log, times)
  const visitors = createSockets(desk.log, times)
  const addressOf = clientAddress(desk.config.proxies)

  return {
    agents: () => agents.size,
    visitors: () => visitors.size,
    // Nothing of the request is kept but what a visitor's side asks for: there are ten thousand of them.
    paths: {
      "/live/agent": (raw, line) => agents.accept(raw, line, agentSide(agentLive)),
      "/live/visitor": (raw, line, { headers, address }) => {
        const { origin = null, host = null } = headers
        const from = addressOf(address, headers["x-forwarded-for"])
        const device = deviceName(headers["user-agent"])
        visitors.accept(raw, line, visitorSide(visitorLive, { origin, host, address: from, device }))
      },
    },
    stop: async (withinMs) => {
      agents.goAway()
      visitors.goAway()
      await Promise.all([agents.drained(withinMs), visitors.drained(withinMs)])
      agents.stop()
      visitors.stop()
      boxes.stop()
      typing.stop()
      toolbars.stop()
      fanOut.stop()
    },
  }
}
