import { request as requestPlain } from "node:http"
import { request } from "node:https"
import { isIP } from "node:net"
import { Refusal } from "../shared/words/refusals.ts"
import { type Millis, SECOND } from "../shared/words/time.ts"
import { sendingGuard } from "./mail/mx/private-targets.ts"
import { inNetworks } from "./networks.ts"
import { openNames, type ResolveName } from "./outside-names.ts"

/** Requests to places that somebody else named: what they can make the relay do ends at its own network. */
export interface Outside {
  /** Why the relay does not speak to this place: its address, or a name that leads there; null if it may. */
  unfit(url: string, plain?: Plain): Promise<Unfit | null>
  /** Posts bytes. Rejects with `UnfitPlace`, or with the network's error when there was no answer in time. */
  post(url: string, headers: Record<string, string>, body: Uint8Array, plain?: Plain): Promise<OutsideAnswer>
  /** Reads a page, at most its first `keep` bytes; a redirect is its answer. Rejects as `post` does. */
  get(url: string, headers: Record<string, string>, keep: number, plain: Plain): Promise<OutsideAnswer>
}

/** Where http will do: nowhere, in private networks that are allowed (nobody listens there), anywhere. */
export type Plain = "never" | "private" | "always"

/** `form`: no https address where one is needed, or one with a password in it; `private`: in a private network; `unknown`: no such name. */
export type Unfit = "form" | "private" | "unknown"

export interface OutsideAnswer {
  status: number
  /** Names in lower case. */
  headers: Record<string, string | string[] | undefined>
  /** The beginning of what was answered, for people to read. */
  text: string
}

/** What was asked for is nothing that the relay speaks to. */
export class UnfitPlace extends Error {
  readonly why: Unfit

  constructor(why: Unfit, url: string) {
    super(`${originOf(url)} is no place that the relay speaks to (${why})`)
    this.name = "UnfitPlace"
    this.why = why
  }
}

/** For all of it, from the name to the last byte. */
const TIMEOUT: Millis = 10 * SECOND

/** What is kept of an answer; nobody reads more, and a place that never ends is hung up on. */
const KEPT_BYTES = 2048

const originOf = (url: string): string => (URL.canParse(url) ? new URL(url).origin : "that address")

/**
 * `privateTargets`: private networks it may speak to all the same; `dns`: resolvers, the machine's if null; `ca`:
 * trusted beside the system's (tests).
 * The name is looked up once and that address is asked, so that it cannot mean another place the second time.
 */
export const openOutside = (options: {
  privateTargets: readonly string[]
  dns?: readonly string[] | null
  ca?: string
  resolve?: ResolveName
}): Outside => {
  const resolve = options.resolve ?? openNames(options.dns ?? null)
  const mayAsk = sendingGuard(options.privateTargets)

  const isPrivate = inNetworks(options.privateTargets)

  const find = async (url: string, plain: Plain): Promise<{ address: string } | Unfit> => {
    const place = URL.canParse(url) ? new URL(url) : null
    if (place === null || !["https:", "http:"].includes(place.protocol)) return "form"
    if (place.username !== "" || place.password !== "") return "form"
    if (place.protocol === "http:" && plain === "never") return "form"
    const host = place.hostname.replace(/^\[|\]$/g, "")
    const found = isIP(host) === 0 ? await resolve(host) : [host]
    if (found.length === 0) return "unknown"
    const [address] = found.filter(mayAsk)
    if (address === undefined) return "private"
    const open = place.protocol === "http:" && plain === "private" && !isPrivate(address)
    return open ? "form" : { address }
  }

  const go = async (
    url: string,
    plain: Plain,
    asking: Pick<Asking, "method" | "headers" | "body" | "keep">,
  ) => {
    const signal = AbortSignal.timeout(TIMEOUT)
    const found = await find(url, plain)
    if (typeof found === "string") throw new UnfitPlace(found, url)
    return ask({ ...asking, url: new URL(url), address: found.address, signal, ca: options.ca })
  }

  return {
    unfit: async (url, plain = "never") => {
      const found = await find(url, plain)
      return typeof found === "string" ? found : null
    },
    post: (url, headers, body, plain = "never") =>
      go(url, plain, { method: "POST", headers, body, keep: KEPT_BYTES }),
    get: (url, headers, keep, plain) => go(url, plain, { method: "GET", headers, body: null, keep }),
  }
}

interface Asking {
  method: "GET" | "POST"
  url: URL
  address: string
  headers: Record<string, string>
  body: Uint8Array | null
  /** Bytes of the answer. */
  keep: number
  signal: AbortSignal
  ca?: string | undefined
}

/** One request over a connection of its own; redirects are answers like any other. */
const ask = ({ method, url, address, headers, body, keep, signal, ca }: Asking): Promise<OutsideAnswer> =>
  new Promise((resolve, reject) => {
    const plain = url.protocol === "http:"
    const asked = (plain ? requestPlain : request)({
      method,
      host: address,
      port: url.port === "" ? (plain ? 80 : 443) : Number(url.port),
      path: `${url.pathname}${url.search}`,
      servername: isIP(url.hostname.replace(/^\[|\]$/g, "")) === 0 ? url.hostname : "",
      headers: { ...headers, Host: url.host, ...(body && { "Content-Length": String(body.length) }) },
      ca,
      agent: false,
      signal,
    })
    asked.on("error", reject)
    asked.on("response", (answer) => {
      const chunks: Buffer[] = []
      let bytes = 0
      const done = (): void => {
        const text = Buffer.concat(chunks).subarray(0, keep).toString()
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text })
      }
      answer.on("data", (chunk: Buffer) => {
        bytes += chunk.length
        chunks.push(chunk)
        if (bytes < keep) return
        done()
        asked.destroy()
      })
      // after `done` nobody listens any more
      answer.on("error", reject)
      answer.on("end", done)
    })
    asked.end(body ?? undefined)
  })

/** Refuses an address for a webhook that the relay would not speak to. What the DNS does not answer now is let be. */
export const refuseUnfit = async (outside: Pick<Outside, "unfit">, url: string): Promise<void> => {
  const why = await outside.unfit(url, "private").catch(() => null)
  const { host } = new URL(url)
  switch (why) {
    case null:
      return
    case "form":
      throw new Refusal(
        "bad-input",
        `${url}: an address of a webhook begins with https:// and has no name or password in it (http only in networks that PORCHLIGHT_PRIVATE_TARGETS allows)`,
        { why },
      )
    case "private":
      throw new Refusal(
        "bad-input",
        `${host} is in a private network, where the relay speaks to nobody: its operator can allow that network with PORCHLIGHT_PRIVATE_TARGETS`,
        { why },
      )
    case "unknown":
      throw new Refusal("bad-input", `the DNS knows no ${host}: look at how the address is written`, { why })
  }
}
