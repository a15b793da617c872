import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { ofType as agentOf, connectAgent } from "../kit/agent-socket.ts"
import { api, setUp, signIn } from "../kit/api.ts"
import { startPostgres } from "../kit/postgres-server.ts"
import { startRelayProcess } from "../kit/relay-process.ts"
import { startSmtpSink } from "../kit/smtp-sink.ts"
import { until } from "../kit/until.ts"
import { connectVisitor, ofType } from "../kit/visitor-socket.ts"
import { quantile, type Result, rounded } from "./result.ts"
import { AGENT } from "./seed.ts"

/** Two relays on one PostgreSQL: how long after it was asked of one is it seen at the other. */

const TIMES = 200
/** Between two: what the one before left to do is done; and a chat box may send a hundred frames in ten seconds. */
const PACE_MS = 120

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

export const beside = async (): Promise<Result> => {
  const folder = mkdtempSync(path.join(tmpdir(), "porchlight-beside-"))
  const postgres = await startPostgres()
  const sink = await startSmtpSink()
  const env = {
    PORCHLIGHT_DATABASE_URL: postgres.url,
    PORCHLIGHT_OUTBOUND: `smtp://127.0.0.1:${sink.port}`,
    PORCHLIGHT_VISITOR_RATE: "1000",
  }
  const one = await startRelayProcess({ data: path.join(folder, "one"), env })
  const two = await startRelayProcess({ data: path.join(folder, "two"), env })
  try {
    const { siteKey } = await setUp(one, { address: AGENT, grace: 600, wait: 600 })
    const token = await signIn(one, AGENT, async () => (await sink.received(1))[0]!.raw.toString())
    const agent = await connectAgent(two, token)
    const box = await connectVisitor({ url: one.url, siteKey })
    box.send({ type: "open", language: "en", zone: "UTC" })
    await box.push(ofType("you"))

    const messages: number[] = []
    for (let n = 0; n < TIMES; n += 1) {
      const text = `Message ${n}.`
      const from = performance.now()
      box.send({ type: "write", key: `beside-message-${n}`, text, page: null })
      const isIt = (): boolean => agent.events().some((event) => JSON.stringify(event).includes(text))
      await seen(isIt)
      messages.push(performance.now() - from)
      agent.pushes.length = 0
      await pause(PACE_MS)
    }

    const lights = (): boolean | undefined => box.pushes.filter(ofType("light")).at(-1)?.on
    const statuses: number[] = []
    agent.beat()
    await until("the agent is there", () => agent.pushes.some(agentOf("ack")))
    const caller = { url: two.url, token }
    let { intentVersion: version } = (
      await api<{ me: { intentVersion: number } }>(caller, "GET", "/api/toolbar")
    ).me
    for (let n = 0; n < TIMES; n += 1) {
      const intent = n % 2 === 0 ? "unavailable" : "available"
      const from = performance.now()
      version = (await api<{ version: number }>(caller, "PUT", "/api/me/intent", { intent, version })).version
      await seen(() => lights() === (intent === "available"))
      statuses.push(performance.now() - from)
      await pause(PACE_MS)
    }
    await box.close()
    await agent.close()
    const row = (what: string, times: number[]) => [
      what,
      times.length,
      rounded(quantile(times, 0.5)),
      rounded(quantile(times, 0.99)),
    ]
    return {
      name: "beside",
      title: "From one relay to the other",
      how: "Two relays on one PostgreSQL, each with one of two people. From what one of them does, over their relay, to its being seen by the other over theirs: committed, told by NOTIFY, read from the events, sent.",
      columns: ["what", "times", "p50 ms", "p99 ms"],
      rows: [
        row("a visitor's message, on the agent's screen", messages),
        row("an agent's status, in the chat box", statuses),
      ],
    }
  } finally {
    await one.stop()
    await two.stop()
    await sink.close()
    await postgres.remove()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Looks at every turn of the event loop: what is measured is a matter of milliseconds. */
const seen = async (look: () => boolean): Promise<void> => {
  const end = performance.now() + 30_000
  while (!look()) {
    if (performance.now() > end) throw new Error("it was not seen at the other relay")
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
}
