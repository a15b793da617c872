import { isIP } from "node:net"
import type { Finding } from "../../../shared/words/findings.ts"
import { type Millis, SECOND } from "../../../shared/words/time.ts"
import { findHosts } from "../mx/find-hosts.ts"
import type { Resolve } from "../resolver.ts"
import { openConnection, openOpportunistic } from "../smtp-client/connection.ts"
import { SmtpFault } from "../smtp-client/fault.ts"
import { askAddresses, findingsOf } from "./ask.ts"

/** The way out as far as it is looked at here; what PORCHLIGHT_OUTBOUND says is such a one. */
export type WayOutside =
  | { kind: "capture" }
  | { kind: "mx"; port: number }
  | { kind: "smtp"; host: string; port: number; secure: boolean; user: string | null; pass: string | null }

export interface WayOut {
  outbound: WayOutside
  /** What we call ourselves. */
  name: string
  /** With `mx`: an address whose servers are to be tried; null: none is. */
  probe: string | null
}

const WITHIN: Millis = 15 * SECOND

/** Whether mail can leave: as far as the smarthost and its sign-in, or to the servers of a recipient. */
export const checkWayOut = async (resolve: Resolve, way: WayOut): Promise<Finding> => {
  const { outbound } = way
  switch (outbound.kind) {
    case "capture":
      return findingsOf("way-out", "capture", null)("note", "capture")
    case "smtp":
      return checkSmarthost(outbound, way.name)
    case "mx":
      return way.probe === null
        ? findingsOf("way-out", "mx", null)("note", "way-untried")
        : checkRecipient(resolve, way.name, way.probe, outbound.port)
  }
}

const isLoopback = (host: string): boolean => host === "localhost" || host === "::1" || /^127\./.test(host)

/** The same steps as before a mail: greeting, EHLO, STARTTLS, AUTH. */
const checkSmarthost = async (
  { host, port, secure, user, pass }: Extract<WayOutside, { kind: "smtp" }>,
  name: string,
): Promise<Finding> => {
  const subject = `${host}:${port}`
  const find = findingsOf("way-out", subject, null)
  const careful = user !== null && !isLoopback(host)
  const target = {
    host,
    port,
    secure,
    tls: careful ? "required" : "if-offered",
    verify: careful,
    auth: user === null ? null : { user, pass: pass ?? "" },
    name,
  } as const
  try {
    const signal = AbortSignal.timeout(WITHIN)
    const connection = await (careful ? openConnection(target, signal) : openOpportunistic(target, signal))
    const plain = connection.tls === null && !isLoopback(host)
    connection.quit()
    return plain
      ? find("note", "smarthost-plain", { facts: { host: subject } })
      : find("right", "smarthost-good", { facts: { host: subject } })
  } catch (error) {
    const facts = { host: subject, detail: wordsOf(error) }
    const refused = error instanceof SmtpFault && error.stage === "auth"
    return find("wrong", refused ? "smarthost-refuses" : "smarthost-fails", { facts })
  }
}

/** Whether port 25 of a recipient's first server can be reached: many networks let nothing out to it. */
const checkRecipient = async (resolve: Resolve, name: string, to: string, port: number): Promise<Finding> => {
  const domain = to.slice(to.lastIndexOf("@") + 1)
  const find = findingsOf("way-out", domain, null)
  const hosts = await findHosts(domain, { resolve, self: name })
  if (!Array.isArray(hosts)) return blocked(domain, hosts.answer)
  const host = hosts[0]!.name
  const answer = await askAddresses(resolve, host)
  const address =
    answer.kind === "records" ? (answer.records.find((one) => isIP(one) === 4) ?? answer.records[0]) : null
  if (!address) return blocked(host, answer.kind === "silence" ? answer.detail : "no address")
  try {
    const target = {
      host,
      address,
      port,
      secure: false,
      tls: "if-offered",
      verify: false,
      auth: null,
    } as const
    const connection = await openOpportunistic({ ...target, name }, AbortSignal.timeout(WITHIN))
    connection.quit()
    return find("right", "way-good", { facts: { host, port } })
  } catch (error) {
    return blocked(host, wordsOf(error))
  }

  function blocked(at: string, detail: string): Finding {
    return find("wrong", "way-blocked", { facts: { host: at, port, detail } })
  }
}

/** What the server said, else what became of the connection. */
const wordsOf = (error: unknown): string => {
  if (error instanceof SmtpFault && error.reply !== null) return error.reply.text.replace(/\s+/g, " ").trim()
  return error instanceof Error ? error.message : String(error)
}
