import { connect } from "node:net"
import { RawSmtp } from "../../kit/smtp-raw.ts"
import { until } from "../../kit/until.ts"
import type { Jail } from "./jail.ts"

/** Programs of others start slowly on a busy machine. */
export const PATIENCE_MS = 45_000

/** A mail server of somebody else. */
export interface Peer {
  jail: Jail
  /** What it has logged. */
  log(): string
  /** Mails in the mailbox of a local part, oldest first, as they lie there. */
  mails(user: string): Buffer[]
  close(): Promise<void>
}

/** Whether a server greets there. */
export const isAnswering = (address: string, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, address)
    socket.once("data", () => {
      socket.destroy()
      resolve(true)
    })
    socket.once("end", () => socket.destroy())
    socket.once("close", () => resolve(false))
    // nobody there yet; the close comes after it
    socket.once("error", () => socket.destroy())
  })

/** Waits until a server is up; one that never is is ended, and the error tells what it said. */
export const whenUp = (
  jail: Jail,
  name: string,
  isUp: () => Promise<boolean>,
  log: () => string,
): Promise<unknown> =>
  until(`${name} is up`, isUp, PATIENCE_MS).catch(async (error: Error) => {
    const said = log()
    await jail.close()
    throw new Error(`${error.message}; it says:\n${said}`)
  })

export interface Keeper {
  keep<T extends { close(): unknown }>(starting: T | Promise<T>): Promise<T>
  /** Closes all, the last first. */
  closeAll(): Promise<void>
}

/** Keeps what a test opens, so that it is closed however far the test came. */
export const keeper = (): Keeper => {
  const open: { close(): unknown }[] = []
  return {
    keep: async (starting) => {
      const started = await starting
      open.push(started)
      return started
    },
    closeAll: async () => {
      for (const one of open.splice(0).reverse()) await one.close()
    },
  }
}

/** The mails of a mailbox once there are so many; fails with the server's log. */
export const mailsOf = (peer: Peer, user: string, count = 1): Promise<Buffer[]> =>
  until(
    `${count} mails for ${user}`,
    () => {
      const mails = peer.mails(user)
      return mails.length >= count && mails
    },
    PATIENCE_MS,
  ).catch((error: Error) => {
    throw new Error(`${error.message}; the server says:\n${peer.log()}`)
  })

export interface Letter {
  from: string
  to: string | string[]
  raw: Buffer
}

/** Hands a mail to a server as a mail program does; gives the answer to it, or the first no. */
export const handIn = async (address: string, port: number, letter: Letter): Promise<string> => {
  const client = await RawSmtp.connect(port, address)
  try {
    await client.answer()
    await client.say("EHLO desk.example")
    const commands = [
      `MAIL FROM:<${letter.from}>`,
      ...[letter.to].flat().map((to) => `RCPT TO:<${to}>`),
      "DATA",
    ]
    for (const command of commands) {
      const answer = await client.say(command)
      if (!/^[23]/.test(answer)) return answer
    }
    await client.write(Buffer.concat([letter.raw, Buffer.from(".\r\n")]))
    return await client.answer()
  } finally {
    await client.quit()
  }
}
