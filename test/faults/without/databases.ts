import pg from "pg"
import { inject } from "vitest"
import { connectAgent } from "../../kit/agent-socket.ts"
import type { VisitorSocket } from "../../kit/visitor-socket.ts"
import { arrive, type Fault, lostOf, SOON, twiceOf } from "./fault.ts"
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

/** Says so much, and gives what of it was acknowledged within two seconds. */
const tryToWrite = async (box: VisitorSocket, texts: readonly string[]): Promise<string[]> => {
  for (const text of texts) box.send({ type: "write", key: `key of ${text}`, text, page: null })
  const acknowledged = (): string[] =>
    texts.filter((text) => box.pushes.some((push) => push.type === "ack" && push.key === `key of ${text}`))
  await comesTo(() => acknowledged().length === texts.length, 2_000)
  return acknowledged()
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
      const texts = [1, 2, 3].map((n) => `message ${round} ${n}`)
      acknowledged.push(...(await tryToWrite(box, texts)))
      const { id, answer } = await house.mail()
      if (!answer.startsWith("4")) found.push(`answered ${answer.slice(0, 3)}: ${id}`)
      await postgres.start()
      const isWell = async (): Promise<boolean> => (await house.mail()).answer.startsWith("250")
      if (!(await comesTo(isWell, 5_000))) found.push("not well within 5 s")
    }
    const client = new pg.Client({ connectionString: database })
    await client.connect()
    const { rows } = await client.query<{ text: string }>("SELECT text FROM messages")
    await client.end()
    const stored = rows.map(({ text }) => text)
    return [...found, ...lostOf(acknowledged, stored), ...twiceOf(stored)]
  },
}

export const lineCut: Fault = {
  row: "PostgreSQL cut off",
  plan: { store: "postgres", its: "line" },
  finds: /^not well/,
  run: async (house) => {
    const { line } = house
    if (line === null) throw new Error("this fault needs a line to cut")
    // As many at a time as a source may: nearly all of the relay's connections to the database wait for an answer.
    const atOnce = () => Array.from({ length: 8 }, () => house.mail())
    const before = await Promise.all(atOnce())
    line.cut()
    const meanwhile = Promise.allSettled(atOnce())
    line.mend()
    // It may hang for as long as the line does.
    const isWell = (): Promise<boolean> =>
      Promise.race([
        house.mail().then(({ answer }) => answer.startsWith("250")),
        new Promise<false>((resolve) => setTimeout(resolve, 2_000, false)),
      ]).catch(() => false)
    if (!(await comesTo(isWell, SOON))) return ["not well"]
    const taken = (await meanwhile).flatMap((one) =>
      one.status === "fulfilled" && one.value.answer.startsWith("250") ? [one.value.id] : [],
    )
    return arrive(house, [...before.map(({ id }) => id), ...taken])
  },
}
