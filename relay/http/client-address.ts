import { BlockList, isIP } from "node:net"

/** Tells the address of a client from its connection and what proxies say. */
export type ClientAddress = (peer: string | undefined, forwardedFor: string | undefined) => string

/**
 * `proxies`: addresses and networks whose `X-Forwarded-For` is believed (MDN: "selecting an IP address"):
 * the last one in the list that is no such proxy is the client; what stands before it may be invented.
 */
export const clientAddress = (proxies: readonly string[]): ClientAddress => {
  const trusted = new BlockList()
  for (const proxy of proxies) {
    const [address = "", bits] = proxy.split("/")
    const family = isIP(address) === 6 ? "ipv6" : "ipv4"
    if (bits === undefined) trusted.addAddress(address, family)
    else trusted.addSubnet(address, Number(bits), family)
  }
  const isTrusted = (address: string): boolean =>
    isIP(address) !== 0 && trusted.check(address, isIP(address) === 6 ? "ipv6" : "ipv4")

  return (peer, forwardedFor) => {
    const chain = [...(forwardedFor ?? "").split(","), peer ?? ""].map(plain)
    for (let i = chain.length - 1; i > 0; i--) {
      const address = chain[i] as string
      if (!isTrusted(address) || isIP(chain[i - 1] as string) === 0) return address
    }
    return chain[0] as string
  }
}

/** IPv4 in IPv6's clothes (`::ffff:10.0.0.1`), as dual-stack sockets show it, is IPv4. */
const plain = (address: string): string => address.trim().replace(/^::ffff:(?=\d+\.)/i, "")
