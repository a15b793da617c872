import { once } from "node:events"
import { type AddressInfo, createServer, type Socket } from "node:net"
import { createSecureContext, TLSSocket } from "node:tls"

/** How a scripted server behaves; what is not said is as usual, and every mail is taken. */
export interface SmtpScript {
  host?: string
  port?: number
  /** Null: it says nothing when somebody comes; `hang up`: nor does it listen. `open`: connections there are, this one among them. */
  greeting?: string | null | ((open: number) => string)
  /** `PIPELINING` and `8BITMIME` if left out. */
  extensions?: string[]
  /** Offers STARTTLS, with this certificate; `garbage`: and then speaks no TLS; `reset`: and then breaks off. */
  tls?: { cert: string; key: string } | "garbage" | "reset"
  /**
   * Answer to a command line, or to `.` at the end of a mail. Undefined: as usual; null: none; `hang up` closes
   * the connection instead, and `421 …` closes it afterwards.
   */
  answer?: (line: string) => string | null | undefined | Promise<string | null | undefined>
}

export interface ScriptedSmtp {
  port: number
  /** Lines of all connections, in the order they came. */
  lines: string[]
  mails: string[]
  connections: number
  readonly open: number
  close(): Promise<void>
}

/** A server that says what a test wants it to, to the letter. */
export const startScriptedSmtp = async (script: SmtpScript = {}): Promise<ScriptedSmtp> => {
  const { extensions = ["PIPELINING", "8BITMIME"], tls } = script
  const sockets = new Set<Socket>()
  const scripted: ScriptedSmtp = {
    port: 0,
    lines: [],
    mails: [],
    connections: 0,
    get open() {
      return sockets.size
    },
    close: async () => {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, "close")
    },
  }

  const usual = (line: string, secure: boolean): string => {
    if (/^EHLO /i.test(line)) {
      const offered = tls && !secure ? [...extensions, "STARTTLS"] : extensions
      return ["250-scripted", ...offered.map((word) => `250-${word}`), "250 HELP"].join("\r\n")
    }
    if (line === "STARTTLS" && tls) return "220 go ahead"
    if (line === "QUIT") return "221 bye"
    return line === "DATA" ? "354 go" : "250 2.0.0 Ok"
  }

  const talk = (socket: Socket, secure: boolean): void => {
    let text = ""
    let inMail = false
    /** One line after the other, however long an answer takes. */
    let turn = Promise.resolve()
    const hear = async (line: string, isMail: boolean): Promise<void> => {
      if (isMail) scripted.mails.push(line)
      else scripted.lines.push(line)
      const asked = isMail ? "." : line
      const said = await script.answer?.(asked)
      const reply = said === undefined ? usual(asked, secure) : said
      if (reply === null || socket.destroyed) return
      if (reply === "hang up") {
        socket.destroy()
        return
      }
      inMail = reply.startsWith("354")
      socket.write(`${reply}\r\n`)
      if (/^[24]21/.test(reply)) socket.end()
      if (asked !== "STARTTLS" || !reply.startsWith("220")) return
      socket.removeAllListeners("data")
      if (tls === "reset") socket.once("data", () => socket.resetAndDestroy())
      else if (tls === "garbage") socket.write("this is no TLS at all, and it is not going to be\r\n")
      else if (tls) {
        const over = new TLSSocket(socket, { isServer: true, secureContext: createSecureContext(tls) })
        over.on("error", () => over.destroy())
        talk(over, true)
      }
    }
    const take = (): string | null => {
      const empty = inMail && text.startsWith(".\r\n")
      const end = empty ? 0 : text.indexOf(inMail ? "\r\n.\r\n" : "\r\n")
      if (end < 0) return null
      const line = text.slice(0, end)
      text = text.slice(end + (empty ? 3 : inMail ? 5 : 2))
      return line
    }
    const goOn = async (): Promise<void> => {
      for (let line = take(); line !== null; line = take()) await hear(line, inMail)
    }
    socket.on("data", (chunk) => {
      text += chunk.toString("latin1")
      turn = turn.then(goOn)
    })
  }

  const server = createServer((socket) => {
    scripted.connections += 1
    sockets.add(socket)
    socket.setNoDelay(true)
    socket.on("close", () => sockets.delete(socket))
    // a client that hangs up is what many tests are about
    socket.on("error", () => socket.destroy())
    const greeting = greetingOf(script, sockets.size)
    if (greeting === "hang up") {
      socket.destroy()
      return
    }
    if (greeting !== null) socket.write(`${greeting}\r\n`)
    if (greeting !== null && !greeting.startsWith("220")) socket.end()
    else talk(socket, false)
  })
  server.listen(script.port ?? 0, script.host ?? "127.0.0.1")
  await once(server, "listening")
  scripted.port = (server.address() as AddressInfo).port
  return scripted
}

const greetingOf = ({ greeting = "220 scripted" }: SmtpScript, open: number): string | null =>
  typeof greeting === "function" ? greeting(open) : greeting
