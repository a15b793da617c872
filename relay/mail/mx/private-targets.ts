import { BlockList, isIP } from "node:net"

/**
 * Networks where no mail server of the internet is (IANA's special-purpose registries, RFC 6890): a domain that
 * points its mail there would have the relay speak to machines that only the relay can reach.
 */
const SPECIAL_V4 = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.31.196.0/24",
  "192.52.193.0/24",
  "192.88.99.0/24",
  "192.168.0.0/16",
  "192.175.48.0/24",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/4",
  "240.0.0.0/4",
]

/** 2000::/3 is what has been given out; of that, these are not the internet's. */
const SPECIAL_V6 = ["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"]

/** Says whether mail may be sent to an IPv4 or IPv6 address. */
export type MaySend = (address: string) => boolean

/**
 * `allowed`: private networks that mail may go to all the same, `10.0.0.0/8` or single addresses. An IPv4
 * address inside an IPv6 one (mapped, RFC 4291; NAT64, RFC 6052) counts as the IPv4 address that it leads to.
 */
export const sendingGuard = (allowed: readonly string[]): MaySend => {
  const special = listOf([...SPECIAL_V4, ...SPECIAL_V6])
  const exempt = listOf(allowed)
  return (address) => {
    if (isIP(address) === 4) return exempt.check(address, "ipv4") || !special.check(address, "ipv4")
    if (exempt.check(address, "ipv6")) return true
    const inner = innerIPv4(address)
    if (inner !== null) return exempt.check(inner, "ipv4") || !special.check(inner, "ipv4")
    return GIVEN_OUT.check(address, "ipv6") && !special.check(address, "ipv6")
  }
}

const listOf = (networks: readonly string[]): BlockList => {
  const list = new BlockList()
  for (const network of networks) {
    const [address = "", bits] = network.split("/")
    const family = isIP(address) === 6 ? "ipv6" : "ipv4"
    list.addSubnet(address, Number(bits ?? (family === "ipv6" ? 128 : 32)), family)
  }
  return list
}

const GIVEN_OUT = listOf(["2000::/3"])

/** Prefixes, as their first six groups, whose last two groups are an IPv4 address: mapped and NAT64. */
const WITH_IPV4 = new Set(["0:0:0:0:0:ffff", "64:ff9b:0:0:0:0"])

/** `::ffff:7f00:1` → `127.0.0.1`; null where there is none. */
const innerIPv4 = (address: string): string | null => {
  // a zone (fe80::1%eth0) is no part of the number, and URL would refuse it
  const [plain = ""] = address.split("%")
  const [head = "", tail] = new URL(`http://[${plain}]`).hostname.slice(1, -1).split("::")
  const front = head === "" ? [] : head.split(":")
  const back = tail ? tail.split(":") : []
  const groups = [...front, ...Array<string>(8 - front.length - back.length).fill("0"), ...back]
  if (!WITH_IPV4.has(groups.slice(0, 6).join(":"))) return null
  return groups
    .slice(6)
    .map((group) => Number.parseInt(group, 16))
    .flatMap((group) => [group >> 8, group & 255])
    .join(".")
}
