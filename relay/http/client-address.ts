import { isIP } from "node:net"
import { inNetworks, plainAddress } from "../networks.ts"

/** Tells the address of a client from its connection and what proxies say. */
export type ClientAddress = (peer: string | undefined, forwardedFor: string | undefined) => string

/**
 * `proxies`: addresses and networks whose `X-Forwarded-For` is believed (MDN: "selecting an IP address"):
 * the last one in the list that is no such proxy is the client; what stands before it may be invented.
 */
export const clientAddress = (proxies: readonly string[]): ClientAddress => {
  const isTrusted = inNetworks(proxies)

  return (peer, forwardedFor) => {
    const chain = [...(forwardedFor ?? "").split(","), peer ?? ""].map(plainAddress)
    for (let i = chain.length - 1; i > 0; i--) {
      const address = chain[i] as string
      if (!isTrusted(address) || isIP(chain[i - 1] as string) === 0) return address
    }
    return chain[0] as string
  }
}
