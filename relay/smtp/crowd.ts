import { isIPv6 } from "node:net"
import { REPLIES, type Reply } from "./replies.ts"

/** Who counts as one client: an IPv4 address, or the /64 that one customer has all of (RFC 6177). */
export const clientKey = (remoteAddress: string): string => {
  const address = remoteAddress.replace(/^::ffff:(?=\d+\.)/i, "")
  if (!isIPv6(address)) return address
  const [head = "", tail] = address.split("%")[0]!.split("::")
  const left = head === "" ? [] : head.split(":")
  const right = tail === undefined || tail === "" ? [] : tail.split(":")
  const zeros = tail === undefined ? 0 : 8 - left.length - right.length
  const groups = [...left, ...Array<string>(Math.max(0, zeros)).fill("0"), ...right]
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(":")}::/64`
}

/** Counts open sessions. `enter` answers what a client too many hears; it must `leave` in either case. */
export const openCrowd = (limits: { sessions: number; sessionsPerClient: number }) => {
  const perClient = new Map<string, number>()
  let all = 0

  const enter = (remoteAddress: string): Reply | null => {
    const client = clientKey(remoteAddress)
    const ofClient = (perClient.get(client) ?? 0) + 1
    perClient.set(client, ofClient)
    all += 1
    if (all > limits.sessions) return REPLIES.tooManySessions
    if (ofClient > limits.sessionsPerClient) return REPLIES.tooManyFromClient
    return null
  }

  const leave = (remoteAddress: string): void => {
    const client = clientKey(remoteAddress)
    const left = (perClient.get(client) ?? 0) - 1
    if (left > 0) perClient.set(client, left)
    else perClient.delete(client)
    all -= 1
  }

  return { enter, leave, count: () => all }
}

export type Crowd = ReturnType<typeof openCrowd>
