import { BlockList, isIP } from "node:net"

/** Whether an address, IPv4 or IPv6, is in any of some networks: `10.0.0.0/8`, `2001:db8::/32`, `192.0.2.7`. */
export const inNetworks = (networks: readonly string[]): ((address: string) => boolean) => {
  const list = new BlockList()
  for (const network of networks) {
    const [address = "", bits] = network.split("/")
    const family = isIP(address) === 6 ? "ipv6" : "ipv4"
    if (bits === undefined) list.addAddress(address, family)
    else list.addSubnet(address, Number(bits), family)
  }
  return (address) => isIP(address) !== 0 && list.check(address, isIP(address) === 6 ? "ipv6" : "ipv4")
}

/** IPv4 in IPv6's clothes (`::ffff:10.0.0.1`), as dual-stack sockets show it, is IPv4. */
export const plainAddress = (address: string): string => address.trim().replace(/^::ffff:(?=\d+\.)/i, "")
