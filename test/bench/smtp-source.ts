import { connect, type Socket } from "node:net"

/** A client that does as little as one can: one connection, one mail after the other, as smtp-source does. */
export interface SmtpSource {
  send(from: string, to: string, mail: string): Promise<void>
  quit(): void
}

export const openSource = async (port: number): Promise<SmtpSource> => {
  const socket: Socket = connect(port, "127.0.0.1").setEncoding("latin1").setNoDelay(true)
  let heard = ""
  let failed: Error | null = null
  let wake = (): void => {}
  socket.on("data", (text: string) => {
    heard += text
    wake()
  })
  socket.on("error", (error) => {
    failed = error
    wake()
  })
  socket.on("close", () => {
    failed ??= new Error("the relay hung up")
    wake()
  })

  /** Waits for `count` whole answers; throws on one that does not begin as expected. */
  const answers = async (...expected: string[]): Promise<void> => {
    for (const digit of expected) {
      let end = /^\d{3}(?: .*)?\r\n/m.exec(heard)
      while (end === null) {
        if (failed) throw failed
        await new Promise<void>((resolve) => {
          wake = resolve
        })
        end = /^\d{3}(?: .*)?\r\n/m.exec(heard)
      }
      if (!end[0].startsWith(digit)) throw new Error(`the relay said: ${end[0].trim()}`)
      heard = heard.slice(end.index + end[0].length)
    }
  }

  await answers("2")
  socket.write("EHLO source.example\r\n")
  await answers("2")
  return {
    send: async (from, to, mail) => {
      socket.write(`MAIL FROM:<${from}>\r\nRCPT TO:<${to}>\r\nDATA\r\n`)
      await answers("2", "2", "3")
      socket.write(`${mail}\r\n.\r\n`, "latin1")
      await answers("2")
    },
    quit: () => {
      socket.end("QUIT\r\n")
    },
  }
}
