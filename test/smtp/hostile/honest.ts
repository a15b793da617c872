import { monitorEventLoopDelay } from "node:perf_hooks"
import { parentPort, workerData } from "node:worker_threads"
import { RawSmtp } from "../../kit/smtp-raw.ts"

/**
 * An honest mail program in a thread of its own, so that what hostile clients do to the tests' own thread does
 * not count: one session after the other with some mails each, at a quiet pace, until it is told to stop.
 */
export interface HonestSetup {
  port: number
  to: string
}

export interface HonestReport {
  /** Of every answer, the greeting too, ms. */
  waits: number[]
  /** How late this thread, which has next to nothing to do, was woken by its own timers, ms. */
  late: { p99: number; worst: number }
  /** Message-IDs of the mails that were answered 250. */
  stored: string[]
  /** Answers that were no 2xx or 354. */
  refused: string[]
}

const PACE_MS = 30
const MAILS_A_SESSION = 20
const PATIENCE_MS = 30_000

const port = parentPort
if (!port) throw new Error("test/smtp/hostile/honest.ts is a thread of the suite beside it")
const { port: smtpPort, to } = workerData as HonestSetup
const report: HonestReport = { waits: [], late: { p99: 0, worst: 0 }, stored: [], refused: [] }
const lateness = monitorEventLoopDelay({ resolution: 5 })
lateness.enable()

const timed = async (client: RawSmtp, line: string | null): Promise<string> => {
  const from = performance.now()
  if (line !== null) await client.write(`${line}\r\n`)
  const answer = await client.answer(PATIENCE_MS)
  report.waits.push(performance.now() - from)
  if (!/^[23]/.test(answer)) report.refused.push(answer)
  return answer
}

let session: RawSmtp | null = null
let sent = 0

const sendOne = async (): Promise<void> => {
  if (session === null) {
    session = await RawSmtp.connect(smtpPort)
    await timed(session, null)
    await timed(session, "EHLO honest.example")
  }
  const id = `<honest-${sent}@honest.example>`
  await timed(session, "MAIL FROM:<jana@honest.example>")
  await timed(session, `RCPT TO:<${to}>`)
  await timed(session, "DATA")
  const mail = `From: jana@honest.example\r\nSubject: no. ${sent}\r\nMessage-ID: ${id}\r\n\r\nHello.\r\n.`
  if ((await timed(session, mail)).startsWith("250")) report.stored.push(id)
  sent += 1
  if (sent % MAILS_A_SESSION > 0) return
  await session.quit()
  session = null
}

let stopping = false
let busy = false

const tick = async (): Promise<void> => {
  if (busy) return
  busy = true
  await sendOne()
  busy = false
  if (!stopping) return
  clearInterval(pace)
  await session?.quit()
  lateness.disable()
  const ms = (nanoseconds: number): number => nanoseconds / 1e6
  report.late = { p99: ms(lateness.percentile(99)), worst: ms(lateness.max) }
  port.postMessage(report)
  port.close()
}

const pace = setInterval(() => void tick(), PACE_MS)
port.once("message", () => {
  stopping = true
})
