import { once } from "node:events"
import net from "node:net"
import { until } from "../../kit/until.ts"
import { quantile, rounded } from "../result.ts"

/** A mail at a time through a relay, by one who is its sender and its sink: how long each takes. */
export interface Probe {
  mails: number
  sessions: number
  /** Of each mail. */
  recipients: number
  /** Mails a second, at fixed times; null: each session sends as soon as its last was accepted. */
  rate: number | null
}

/** ms, from MAIL FROM: to the last 250, and until the sink has had it for the last recipient; addresses a second. */
export interface Probed {
  acceptP50: number
  acceptP99: number
  throughP50: number
  throughP99: number
  addresses: number
}

const FILLER = `${"X".repeat(78)}\r\n`.repeat(25)

/** One mail's times. */
interface Timed {
  from: number
  accepted: number
  through: number
  missing: number
}

/** Reads lines; within DATA, up to the end of the mail. */
const startSink = async (port: number, arrived: (id: number, recipients: number) => void) => {
  const sockets = new Set<net.Socket>()
  const serve = (socket: net.Socket): void => {
    let text = ""
    let inData = false
    let recipients = 0
    const takeLine = (line: string): void => {
      const verb = line.slice(0, 4).toUpperCase()
      if (verb === "MAIL") recipients = 0
      if (verb === "RCPT") recipients += 1
      inData = verb === "DATA"
      if (verb === "EHLO") socket.write("250-sink\r\n250-PIPELINING\r\n250 8BITMIME\r\n")
      else if (verb === "DATA") socket.write("354 go on\r\n")
      else if (verb === "QUIT") socket.end("221 bye\r\n")
      else socket.write("250 Ok\r\n")
    }
    socket.on("data", (chunk: string) => {
      text += chunk
      for (;;) {
        const mark = inData ? "\r\n.\r\n" : "\r\n"
        const end = text.indexOf(mark)
        if (end < 0) return
        const taken = text.slice(0, end)
        text = text.slice(end + mark.length)
        if (inData) {
          inData = false
          const id = /^X-Bench-Id: (\d+)/m.exec(taken)?.[1]
          if (id !== undefined) arrived(Number(id), recipients)
          socket.write("250 2.0.0 Ok\r\n")
        } else takeLine(taken)
      }
    })
    socket.write("220 sink ESMTP\r\n")
  }
  const server = net.createServer({ noDelay: true }, (socket) => {
    sockets.add(socket)
    socket.setEncoding("latin1")
    socket.on("error", () => socket.destroy())
    socket.on("close", () => sockets.delete(socket))
    serve(socket)
  })
  server.listen(port, "127.0.0.1")
  await once(server, "listening")
  return {
    close: async () => {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, "close")
    },
  }
}

const openSession = async (port: number) => {
  const socket = net.connect({ port, host: "127.0.0.1", noDelay: true })
  socket.setEncoding("latin1")
  let text = ""
  let heard: (line: string) => void = () => undefined
  socket.on("data", (chunk: string) => {
    text += chunk
    for (let end = text.indexOf("\r\n"); end >= 0; end = text.indexOf("\r\n")) {
      const line = text.slice(0, end)
      text = text.slice(end + 2)
      if (line[3] !== "-") heard(line)
    }
  })
  const answer = (code: string): Promise<void> =>
    new Promise((resolve, reject) => {
      heard = (line) =>
        line.startsWith(code) ? resolve() : reject(new Error(`wanted ${code}, heard ${line}`))
    })
  const say = (line: string, code: string): Promise<void> => {
    const answered = answer(code)
    socket.write(`${line}\r\n`)
    return answered
  }
  await answer("220")
  await say("EHLO probe.client.test", "250")
  return { say, end: () => socket.end("QUIT\r\n") }
}

type Session = Awaited<ReturnType<typeof openSession>>

const sendMail = async (session: Session, id: number, recipients: number): Promise<void> => {
  await session.say("MAIL FROM:<probe@client.test>", "2")
  for (let n = 0; n < recipients; n++) await session.say(`RCPT TO:<p${id}-${n}@relay.test>`, "2")
  await session.say("DATA", "354")
  const header = `From: <probe@client.test>\r\nTo: <p@relay.test>\r\nSubject: probe\r\nX-Bench-Id: ${id}`
  await session.say(`${header}\r\n\r\n${FILLER}.`, "2")
}

/** `port`: the relay's; `sinkPort`: where it sends everything, and nobody listens yet. */
export const probe = async (port: number, sinkPort: number, plan: Probe): Promise<Probed> => {
  const timed = Array.from(
    { length: plan.mails },
    (): Timed => ({ from: 0, accepted: 0, through: 0, missing: plan.recipients }),
  )
  let missing = plan.mails
  const sink = await startSink(sinkPort, (id, recipients) => {
    const mail = timed[id]
    if (!mail || mail.missing <= 0) return
    mail.missing -= recipients
    if (mail.missing > 0) return
    mail.through = performance.now() - mail.from
    missing -= 1
  })
  try {
    const sessions = await Promise.all(Array.from({ length: plan.sessions }, () => openSession(port)))
    const started = performance.now()
    let next = 0
    const work = async (session: Session): Promise<void> => {
      for (let id = next++; id < plan.mails; id = next++) {
        const mail = timed[id] as Timed
        await dueTime(plan, started, id)
        mail.from = performance.now()
        await sendMail(session, id, plan.recipients)
        mail.accepted = performance.now() - mail.from
      }
      session.end()
    }
    await Promise.all(sessions.map(work))
    await until("all mails are through", () => missing === 0, 60_000)
    const ended = Math.max(...timed.map(({ from, through }) => from + through))
    const ms = (of: "accepted" | "through", share: number): number =>
      rounded(
        quantile(
          timed.map((mail) => mail[of]),
          share,
        ),
        2,
      )
    return {
      acceptP50: ms("accepted", 0.5),
      acceptP99: ms("accepted", 0.99),
      throughP50: ms("through", 0.5),
      throughP99: ms("through", 0.99),
      addresses: Math.round((plan.mails * plan.recipients * 1000) / (ended - started)),
    }
  } finally {
    await sink.close()
  }
}

/** A timer's own lateness is not the relay's: the mail's time begins when it is sent. */
const dueTime = async ({ rate }: Probe, started: number, id: number): Promise<void> => {
  const left = rate === null ? 0 : started + (id * 1000) / rate - performance.now()
  if (left > 0) await new Promise((resolve) => setTimeout(resolve, left))
}
