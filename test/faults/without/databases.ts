import pg from "pg"
import { inject } from "vitest"
import { connectAgent } from "../../kit/agent-socket.ts"
import type { VisitorSocket } from "../../kit/visitor-socket.ts"
import { type Fault, lostOf, SOON, twiceOf } from "./fault.ts"
import { comesTo } from "./house.ts"

export const cutOff: Fault = {
  row: "PostgreSQL: all its connections killed",
  // nothing else happens meanwhile that would have it look
  plan: { store: "postgres", wait: 600 },
  finds: /^not live/,
  run: async (house) => {
    const token = await house.token()
    const other = await house.start(true)
    const box = await house.visitor()
    await house.write(box, "The first")
    const screen = await connectAgent(other, token, { role: "screen" })
    const name = new URL(house.database ?? "").pathname.slice(1)
    const hears = (text: string) => () =>
      screen.events().some((event) => event.kind === "message" && JSON.stringify(event).includes(text))
    const found: string[] = []
    for (const text of ["Meanwhile once", "Meanwhile twice", "Meanwhile thrice"]) {
      // it hears nothing of what is said until it is connected again
      process.kill(other.pid, "SIGSTOP")
      await administer(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
          WHERE datname = '${name}' AND application_name = 'second'`,
      )
      await house.write(box, text)
      process.kill(other.pid, "SIGCONT")
      if (!(await comesTo(hears(text), 5_000))) found.push(`not live: ${text}`)
      await comesTo(async () => (await fetch(`${other.url}/health`)).ok, SOON)
    }
    await screen.close()
    return found
  },
}

const administer = async (statement: string): Promise<void> => {
  const client = new pg.Client({ connectionString: inject("postgresUrl") })
  await client.connect()
  const { rowCount } = await client.query(statement)
  await client.end()
  if (!rowCount) throw new Error("no connection was there to be cut off")
}

/** Keys of what boxes were told is stored. */
const acknowledgedBy = (boxes: readonly VisitorSocket[]): string[] =>
  boxes.flatMap((box) => box.pushes.flatMap((push) => (push.type === "ack" ? [push.key] : [])))

/** Says so much, and gives what of it was acknowledged within two seconds. */
const tryToWrite = async (box: VisitorSocket, texts: readonly string[]): Promise<string[]> => {
  for (const text of texts) box.send({ type: "write", key: text, text, page: null })
  const all = () => texts.every((text) => acknowledgedBy([box]).includes(text))
  await comesTo(all, 2_000)
  return acknowledgedBy([box]).filter((text) => texts.includes(text))
}

export const databaseStopped: Fault = {
  row: "PostgreSQL stopped",
  plan: { store: "postgres", its: "server" },
  finds: /^lost: message/,
  run: async (house) => {
    const { postgres, database } = house
    if (postgres === null || database === null) throw new Error("this fault needs a PostgreSQL of its own")
    const found: string[] = []
    const acknowledged: string[] = []
    for (let round = 0; round < 2; round += 1) {
      const box = await house.visitor()
      await house.write(box, `message ${round} before`)
      acknowledged.push(`message ${round} before`)
      await postgres.stop()
      const texts = [1, 2, 3].map((n) => `message-${round}-${n}`)
      acknowledged.push(...(await tryToWrite(box, texts)))
      const { id, answer } = await house.mail()
      if (!answer.startsWith("4")) found.push(`answered ${answer.slice(0, 3)}: ${id}`)
      await postgres.start()
      const isWell = async (): Promise<boolean> => (await house.mail()).answer.startsWith("250")
      if (!(await comesTo(isWell, 5_000))) found.push("not well within 5 s")
    }
    const stored = await storedIn(database)
    return [...found, ...lostOf(acknowledged, stored), ...twiceOf(stored)]
  },
}

export const lineCut: Fault = {
  row: "PostgreSQL cut off",
  plan: { store: "postgres", its: "line" },
  finds: /^not well/,
  run: async (house) => {
    const { line, database } = house
    if (line === null || database === null) throw new Error("this fault needs a line to cut")
    // More at a time than the relay has connections to the database, and each waits for the one before in its account.
    const boxes = await Promise.all(Array.from({ length: 12 }, () => house.visitor()))
    const acknowledged = () => acknowledgedBy(boxes)
    for (const [at, box] of boxes.entries())
      for (const key of [1, 2, 3].map((n) => `message-${at}-${n}`))
        box.send({ type: "write", key, text: key, page: null })
    if (!(await comesTo(() => acknowledged().length > 0, SOON))) throw new Error("nothing was acknowledged")
    line.cut()
    line.mend()
    // It may hang for as long as the line does.
    const isWell = (): Promise<boolean> =>
      Promise.race([
        house.visitor().then((box) => house.write(box, crypto.randomUUID()).then(() => true)),
        new Promise<false>((resolve) => setTimeout(resolve, 2_000, false)),
      ]).catch(() => false)
    if (!(await comesTo(isWell, SOON))) return ["not well"]
    const stored = await storedIn(database)
    return [...lostOf(acknowledged(), stored), ...twiceOf(stored)]
  },
}

/** The texts of all messages, past the relay. */
const storedIn = async (database: string): Promise<string[]> => {
  const client = new pg.Client({ connectionString: database })
  await client.connect()
  const { rows } = await client.query<{ text: string }>("SELECT text FROM messages")
  await client.end()
  return rows.map(({ text }) => text)
}
