import { spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync, openSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { connect } from "node:net"
import path from "node:path"
import { until } from "../../kit/until.ts"

/** Where relays run in turn: the same port each, the same sink behind it. */
export interface Place {
  folder: string
  port: number
  sinkPort: number
}

export const greets = (at: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(at, "127.0.0.1")
    socket.once("data", (said) => {
      socket.end("QUIT\r\n")
      resolve(String(said).startsWith("220"))
    })
    socket.once("error", () => resolve(false))
    socket.setTimeout(1000, () => {
      socket.destroy()
      resolve(false)
    })
  })

/** CPU time of sessions of processes, ms: fields 14 to 17 of proc(5)'s stat, in hundredths of a second. */
export const cpuOf = (sessions: readonly number[]): number =>
  readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .reduce((sum, pid) => {
      try {
        const fields = readFileSync(`/proc/${pid}/stat`, "latin1")
          .replace(/^.*\) /s, "")
          .split(" ")
        if (!sessions.includes(Number(fields[3]))) return sum
        return sum + fields.slice(11, 15).reduce((all, ticks) => all + Number(ticks) * 10, 0)
      } catch {
        // it ended meanwhile; its parent has its time
        return sum
      }
    }, 0)

/** Postfix's smtp-sink, which counts. */
export const startCounting = async ({ folder, sinkPort }: Place) => {
  const counts = path.join(mkdtempSync(path.join(folder, "sink-")), "counts")
  const sink = spawn("smtp-sink", ["-u", "nobody", "-c", `127.0.0.1:${sinkPort}`, "1024"], {
    stdio: ["ignore", openSync(counts, "w"), "ignore"],
  })
  const ended = once(sink, "exit")
  await until("the sink answers", () => greets(sinkPort), 10_000)
  return {
    arrived: (): number => {
      const said = readFileSync(counts, "latin1").slice(-80)
      return Number([...said.matchAll(/mesg=(\d+)\r/g)].at(-1)?.[1] ?? 0)
    },
    stop: async () => {
      sink.kill()
      await ended
    },
  }
}

/** Starts a relay in an empty folder of its own and waits until it answers. */
export const startRelay = async (
  place: Place,
  name: string,
  command: (data: string) => string[],
  env: Record<string, string>,
) => {
  const data = mkdtempSync(path.join(place.folder, "relay-"))
  const [program = "", ...args] = command(data)
  const relay = spawn(program, args, {
    detached: true,
    stdio: ["ignore", "ignore", openSync(path.join(place.folder, "log"), "a")],
    env: {
      ...process.env,
      ...env,
      SMTP_PORT: `${place.port}`,
      SINK_PORT: `${place.sinkPort}`,
      RUN_DIR: data,
    },
  })
  const ended = once(relay, "exit")
  const stop = async (): Promise<void> => {
    relay.kill("SIGTERM")
    await ended
    await until(`${name} is gone`, async () => !(await greets(place.port)), 30_000)
    rmSync(data, { recursive: true, force: true })
  }
  try {
    await until(`${name} answers`, () => greets(place.port), 120_000)
  } catch (error) {
    await stop()
    throw error
  }
  return { session: relay.pid ?? 0, stop }
}

/** Postfix's smtp-source: connections are kept, and every mail has another recipient. */
export const send = async (
  { port }: Place,
  { sessions, mails, bytes }: { sessions: number; mails: number; bytes: number },
): Promise<void> => {
  const args = ["-N", "-d", "-s", sessions, "-m", mails, "-l", bytes, "-f", "bench@client.test"]
  const source = spawn("smtp-source", [...args, "-t", "u@relay.test", `127.0.0.1:${port}`].map(String))
  const [code] = (await once(source, "exit")) as [number | null]
  if (code !== 0) throw new Error(`smtp-source ended with ${code}`)
}
