import { X509Certificate } from "node:crypto"
import { readFile, rm, statfs, writeFile } from "node:fs/promises"
import { connect } from "node:net"
import path from "node:path"
import type { Finding } from "../../../shared/words/findings.ts"
import { DAY, MINUTE, type Millis, SECOND } from "../../../shared/words/time.ts"
import { findingsOf } from "./ask.ts"

/** What is to be said of the machine and the process, apart from the DNS. */

export interface Place {
  host: string
  port: number
}

/** Whether something greets as our mail server where the relay is to listen. */
export const checkListener = async (
  at: Place,
  names: readonly string[],
  within: Millis = 5 * SECOND,
): Promise<Finding> => {
  // Where it listens on all addresses, it does on this one.
  const host = at.host === "0.0.0.0" ? "127.0.0.1" : at.host === "::" ? "::1" : at.host
  const address = `${host.includes(":") ? `[${host}]` : host}:${at.port}`
  const find = findingsOf("listener", address, null)
  try {
    const greeting = await readGreeting({ host, port: at.port }, within)
    const ours = names.some((name) => greeting.toLowerCase().startsWith(`220 ${name} `))
    const facts = { address, greeting }
    return ours
      ? find("right", "listens", { found: greeting, facts })
      : find("wrong", "other-listener", { found: greeting, facts })
  } catch (error) {
    return find("wrong", "not-listening", { facts: { address, detail: (error as Error).message } })
  }
}

/** The first line that a server says. Rejects when none comes in time. */
const readGreeting = ({ host, port }: Place, within: Millis): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect({ host, port })
    let said = ""
    socket.setTimeout(within, () => socket.destroy(new Error(`no greeting within ${within / SECOND} s`)))
    socket.setEncoding("latin1")
    socket.on("data", (part: string) => {
      said += part
      const end = said.indexOf("\n")
      if (end < 0 && said.length < 1000) return
      socket.end("QUIT\r\n")
      socket.setTimeout(SECOND)
      resolve(said.slice(0, end < 0 ? 500 : end).trim())
    })
    socket.on("error", reject)
    socket.on("close", () => reject(new Error("the connection was closed without a greeting")))
  })

/** What cannot be seen from inside, and how to see it from outside. */
export const checkPort25 = (port: number, host: string): Finding => {
  const find = findingsOf("port-25", host, null)
  return port === 25
    ? find("note", "outside-unknown", { facts: { host } })
    : find("note", "other-port", { facts: { host, port } })
}

/** Sooner than this somebody has to see to it: it is renewed a month ahead where that goes by itself. */
const SOON: Millis = 14 * DAY

/** The certificate of STARTTLS and HTTPS: for the right name, and for how long. */
export const checkCertificate = async (file: string | null, host: string, now: Millis): Promise<Finding> => {
  const find = findingsOf("certificate", host, null)
  if (file === null) return find("note", "cert-none", { facts: { host } })
  let certificate: X509Certificate
  try {
    certificate = new X509Certificate(await readFile(file))
  } catch (error) {
    return find("wrong", "cert-unreadable", { facts: { file, detail: (error as Error).message } })
  }
  const ends = Date.parse(certificate.validTo)
  const names = certificate.subjectAltName ?? certificate.subject
  const days = Math.floor(Math.abs(ends - now) / DAY)
  const more = { found: names, facts: { days, host, names } }
  if (ends <= now) return find("wrong", "cert-expired", more)
  if (certificate.checkHost(host) === undefined) return find("wrong", "cert-name", more)
  return ends - now < SOON ? find("wrong", "cert-soon", more) : find("right", "cert-good", more)
}

/** Less is worth an alarm: SQLite and the file system need room to work. */
const LEAST_FREE = 1_000_000_000

/** Whether the data folder can be written to, and has room. */
export const checkDisk = async (folder: string): Promise<Finding> => {
  const find = findingsOf("disk", folder, null)
  try {
    const { bavail, bsize } = await statfs(folder)
    const free = bavail * bsize
    const trial = path.join(folder, `.doctor-${process.pid}`)
    await writeFile(trial, "x")
    await rm(trial)
    const facts = { free: `${(free / 1e9).toFixed(1)} GB`, folder }
    return free < LEAST_FREE ? find("wrong", "disk-low", { facts }) : find("right", "disk-good", { facts })
  } catch (error) {
    return find("wrong", "disk-fails", { facts: { folder, detail: (error as Error).message } })
  }
}

/** Longer than this no mail should wait that nobody has deferred. */
const OLD: Millis = 15 * MINUTE

/** Whether mail waits for long. */
export const checkQueue = (
  queue: { queued: number; oldestQueuedAt: Millis | null },
  now: Millis,
): Finding => {
  const find = findingsOf("queue", "", null)
  const minutes = queue.oldestQueuedAt === null ? 0 : Math.floor((now - queue.oldestQueuedAt) / MINUTE)
  const facts = { count: queue.queued, minutes }
  return minutes * MINUTE > OLD
    ? find("wrong", "queue-old", { facts })
    : find("right", "queue-good", { facts })
}

/** A second or two are the network's; more makes signatures look as if they came from the future. */
const MOST_OFF: Millis = 5 * SECOND

/**
 * The machine's clock beside the database's (`offset`, null: there is none), and beside the last sign of life,
 * which cannot be later than now.
 */
export const checkClock = (
  { offset, lastSign }: { offset: Millis | null; lastSign: Millis | null },
  now: Millis,
): Finding => {
  const find = findingsOf("clock", "", null)
  const ahead = lastSign === null ? 0 : lastSign - now
  if (ahead > MINUTE) return find("wrong", "clock-off", { facts: { seconds: Math.round(ahead / SECOND) } })
  if (offset === null) return find("note", "clock-alone")
  const facts = { seconds: Math.round(Math.abs(offset) / SECOND) }
  return Math.abs(offset) > MOST_OFF
    ? find("wrong", "clock-off", { facts })
    : find("right", "clock-good", { facts })
}
