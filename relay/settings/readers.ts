import { isIP } from "node:net"
import { DAY, type Millis, SECOND } from "../../shared/words/time.ts"

/** Reads the text of one setting: its value, or what would be right (one clause, for a person). */
export type Reader<T> = (value: string) => { value: T } | { right: string }

/** Where a server listens. Port 0: any free one (tests). */
export interface Listen {
  host: string
  port: number
}

/** How mail leaves the relay. */
export type Outbound =
  | { kind: "capture" }
  /** Straight to the recipients' servers. `port`: theirs. */
  | { kind: "mx"; port: number }
  | {
      kind: "smtp"
      host: string
      port: number
      /** TLS from the first byte (`smtps`), instead of STARTTLS where it is offered. */
      secure: boolean
      user: string | null
      pass: string | null
    }

export const text: Reader<string> = (value) => ({ value })

/** A path; whether it can be read is found out at start. */
export const file: Reader<string | null> = text

export const choice =
  <const Choices extends readonly string[]>(...choices: Choices): Reader<Choices[number]> =>
  (value) =>
    choices.includes(value) ? { value } : { right: `it has to be ${choices.join(" or ")}` }

export const count =
  (least: number, most: number): Reader<number> =>
  (value) =>
    /^\d{1,9}$/.test(value) && Number(value) >= least && Number(value) <= most
      ? { value: Number(value) }
      : { right: `it has to be a whole number from ${least} to ${most}` }

export const seconds =
  (least: number, most: number): Reader<Millis> =>
  (value) => {
    const result = count(least, most)(value)
    return "value" in result
      ? { value: result.value * SECOND }
      : { right: `it has to be whole seconds, from ${least} to ${most}` }
  }

export const days =
  (least: number, most: number): Reader<Millis> =>
  (value) => {
    const result = count(least, most)(value)
    return "value" in result
      ? { value: result.value * DAY }
      : { right: `it has to be whole days, from ${least} to ${most}` }
  }

const UNITS: Record<string, number> = { b: 1, kb: 1000, mb: 1_000_000 }

export const size: Reader<number> = (value) => {
  const [, digits, unit] = /^(\d{1,10})\s*(b|kb|mb)?$/i.exec(value) ?? []
  const bytes = Number(digits) * (UNITS[(unit ?? "b").toLowerCase()] ?? 1)
  return bytes >= 10_000 && bytes <= 200_000_000
    ? { value: bytes }
    : { right: "it has to be a size from 10kB to 200MB, like 25MB" }
}

const LISTEN = "it has to be an address and a port, like 127.0.0.1:8420, [::1]:8420 or 0.0.0.0:8420"

export const listen: Reader<Listen> = (value) => {
  const [, six, four, port] = /^(?:\[([^\]]+)\]|([^:]*)):(\d{1,5})$/.exec(value) ?? []
  const host = six ?? four ?? ""
  if (port === undefined || Number(port) > 65_535) return { right: LISTEN }
  if (isIP(host) === 0 && !isHostName(host)) return { right: LISTEN }
  return { value: { host, port: Number(port) } }
}

const isHostName = (host: string): boolean =>
  host.length <= 253 && /^(?!-)[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})*$/i.test(host)

export const domain: Reader<string> = (value) =>
  isHostName(value) && isIP(value) === 0
    ? { value: value.toLowerCase() }
    : { right: "it has to be a domain name, like chat.example.com" }

const parseUrl = (value: string): URL | null => (URL.canParse(value) ? new URL(value) : null)

export const origin: Reader<string> = (value) => {
  const right = "it has to be http:// or https:// and a name, without a path, like https://chat.example.com"
  const url = parseUrl(value)
  if (url === null || !["http:", "https:"].includes(url.protocol)) return { right }
  if (url.pathname !== "/" || url.search !== "" || url.hash !== "" || url.username !== "") return { right }
  return { value: url.origin }
}

/** Where a browser on this machine finds a server: one that listens everywhere is found on loopback. */
export const originOf = ({ host, port }: Listen, tls: boolean): string => {
  const name = host === "0.0.0.0" ? "127.0.0.1" : host === "::" ? "::1" : host
  return new URL(`${tls ? "https" : "http"}://${isIP(name) === 6 ? `[${name}]` : name}:${port}`).origin
}

/** The name in an origin that other machines can find it by; null for an address, or a name of this network alone. */
export const hostOf = (publicUrl: string): string | null => {
  const { hostname } = new URL(publicUrl)
  const name = hostname.replace(/^\[|\]$/g, "")
  return name.includes(".") && isIP(name) === 0 ? name : null
}

export const postgresUrl: Reader<string | null> = (value) => {
  const url = parseUrl(value)
  return url !== null && ["postgres:", "postgresql:"].includes(url.protocol)
    ? { value }
    : { right: "it has to be an address like postgres://user:password@host:5432/database" }
}

export const outbound: Reader<Outbound> = (value) => {
  if (value === "capture") return { value: { kind: "capture" } }
  if (value === "mx") return { value: { kind: "mx", port: 25 } }
  const right =
    "it has to be capture, mx, smtp://host:port, smtps://host:port or, with a sign-in, smtp://user:password@host:port"
  const url = parseUrl(value)
  if (url === null || !["smtp:", "smtps:"].includes(url.protocol)) return { right }
  if (url.hostname === "" || !["", "/"].includes(url.pathname) || url.search !== "") return { right }
  const secure = url.protocol === "smtps:"
  try {
    return {
      value: {
        kind: "smtp",
        host: url.hostname.replace(/^\[|\]$/g, ""),
        port: url.port === "" ? (secure ? 465 : 587) : Number(url.port),
        secure,
        user: url.username === "" ? null : decodeURIComponent(url.username),
        pass: url.password === "" ? null : decodeURIComponent(url.password),
      },
    }
  } catch {
    return { right: `${right} (a % in user or password is written as %25)` }
  }
}

/** Servers by their addresses, each with a port or without. */
export const servers: Reader<string[] | null> = (value) => {
  const parts = value.split(",").map((part) => part.trim())
  const wrong = parts.find((part) => isIP(part) === 0 && "right" in listen(part))
  return wrong === undefined
    ? { value: parts }
    : { right: `“${wrong}” is no server; it has to be like 9.9.9.9 or 127.0.0.1:5353` }
}

/** IP addresses. */
export const addresses: Reader<string[] | null> = (value) => {
  const parts = value.split(",").map((part) => part.trim())
  const wrong = parts.find((part) => isIP(part) === 0)
  return wrong === undefined
    ? { value: parts.map((part) => part.toLowerCase()) }
    : { right: `“${wrong}” is no IP address; it has to be like 192.0.2.7 or 2001:db8::7` }
}

/** Addresses and CIDR networks; `none` for none. */
export const networks: Reader<string[]> = (value) => {
  if (value === "none") return { value: [] }
  const parts = value.split(",").map((part) => part.trim())
  const wrong = parts.find((part) => {
    const [address = "", bits] = part.split("/")
    const longest = isIP(address) === 6 ? 128 : 32
    return isIP(address) === 0 || (bits !== undefined && !(/^\d{1,3}$/.test(bits) && Number(bits) <= longest))
  })
  return wrong === undefined
    ? { value: parts }
    : { right: `“${wrong}” is no address or network; it has to be like 127.0.0.1, 10.0.0.0/8, or none` }
}
