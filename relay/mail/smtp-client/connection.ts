import { isAscii } from "node:buffer"
import { setImmediate } from "node:timers/promises"
import { MINUTE, type Millis } from "../../../shared/words/time.ts"
import { refusedAt, SmtpFault } from "./fault.ts"
import type { SmtpReply } from "./replies.ts"
import { connectTo, startTalk, type Talk, type TlsFacts, tlsOptions } from "./talk.ts"
import type { SmtpTarget } from "./target.ts"
import { dataSteps } from "./wire.ts"

/** Of whom and to whom one mail is. */
export interface MailFromTo {
  /** "": the null sender. */
  from: string
  to: string
  /** The mail needs SMTPUTF8 for what is in its header; addresses in the envelope are looked at anyway. */
  utf8?: boolean
}

/** For the answer to a whole mail: whoever gives up on a server that goes on to take it sends it twice. */
export interface Patience {
  dotMs: Millis
  /** Called when the last byte is written. */
  onDot(): void
}

/** RFC 5321 4.5.3.2.6: servers look into mails while they have us wait. */
export const DOT_PATIENCE: Millis = 10 * MINUTE

export interface SmtpConnection {
  /** Whether the server offers an extension, e.g. `8BITMIME`. */
  has(extension: string): boolean
  /** Bytes of the largest mail it takes (RFC 1870); null: it does not say. */
  readonly maxSize: number | null
  readonly tls: TlsFacts | null
  /** Mails it has taken. */
  readonly sent: number
  /** Whether it can take another mail. */
  readonly usable: boolean
  /** Resolves when it has ended, for whatever reason. */
  readonly ended: Promise<void>
  /**
   * One mail to one recipient; answers with the server's last word. Rejects with SmtpFault; the connection can
   * be used again if `usable` says so. One at a time. Both addresses have been checked to be such.
   */
  send(envelope: MailFromTo, raw: Buffer, patience?: Patience): Promise<SmtpReply>
  /** Says goodbye and ends. */
  quit(): void
  destroy(): void
}

/**
 * Opens a connection as far as the first MAIL. Rejects with SmtpFault; stage `tls` where STARTTLS was offered
 * and came to nothing.
 */
export const openConnection = async (target: SmtpTarget, signal?: AbortSignal): Promise<SmtpConnection> => {
  const talk = startTalk(await connectTo(target, signal), signal)
  try {
    const greeting = await talk.reply("greeting")
    if (greeting.code !== 220) throw refusedAt("greeting", greeting)
    let extensions = await hello(talk, target.name)
    const offered = extensions.has("STARTTLS")
    if (!target.secure && (target.tls === "required" || (target.tls === "if-offered" && offered))) {
      const reply = await talk.command("tls", "STARTTLS")
      if (reply.code !== 220) throw refusedAt("tls", reply)
      await talk.secureWith(tlsOptions(target))
      // What was said before counts no more (RFC 3207 4.2).
      extensions = await hello(talk, target.name)
    }
    if (target.auth) await signIn(talk, target.auth, extensions)
    return connectionOver(talk, extensions)
  } catch (fault) {
    talk.destroy()
    throw fault
  }
}

/** The same where TLS is only against listeners: better in clear than no mail, if TLS comes to nothing. */
export const openOpportunistic = async (
  target: SmtpTarget,
  signal?: AbortSignal,
): Promise<SmtpConnection> => {
  try {
    return await openConnection(target, signal)
  } catch (fault) {
    if (!(fault instanceof SmtpFault) || fault.stage !== "tls" || target.secure) throw fault
    return await openConnection({ ...target, tls: "never" }, signal)
  }
}

/** What the server offers: words of the extensions, each with its parameters. */
const hello = async (talk: Talk, name: string): Promise<Map<string, string>> => {
  const reply = await talk.command("hello", `EHLO ${name}`)
  if (reply.code === 250) {
    return new Map(
      reply.lines.slice(1).map((line) => {
        const [word = "", ...parameters] = line.trim().split(/[ =]/)
        return [word.toUpperCase(), parameters.join(" ").toUpperCase()]
      }),
    )
  }
  if (reply.code < 500) throw refusedAt("hello", reply)
  const old = await talk.command("hello", `HELO ${name}`)
  if (old.code !== 250) throw refusedAt("hello", old)
  return new Map()
}

/** RFC 4954 with PLAIN, else LOGIN. What is said here is never part of an error. */
const signIn = async (
  talk: Talk,
  { user, pass }: { user: string; pass: string },
  extensions: Map<string, string>,
): Promise<void> => {
  const ways = (extensions.get("AUTH") ?? "").split(" ")
  const base64 = (text: string): string => Buffer.from(text).toString("base64")
  let reply: SmtpReply
  if (ways.includes("PLAIN") || !ways.includes("LOGIN")) {
    reply = await talk.command("auth", `AUTH PLAIN ${base64(`\0${user}\0${pass}`)}`)
  } else {
    reply = await talk.command("auth", "AUTH LOGIN")
    if (reply.code === 334) reply = await talk.command("auth", base64(user))
    if (reply.code === 334) reply = await talk.command("auth", base64(pass))
  }
  if (reply.code !== 235) throw refusedAt("auth", reply)
}

const connectionOver = (talk: Talk, extensions: Map<string, string>): SmtpConnection => {
  const pipelines = extensions.has("PIPELINING")
  const maxSize = Number(extensions.get("SIZE") || 0) || null
  let over = false
  let sent = 0
  talk.unbind()
  void talk.ended.then(() => {
    over = true
  })

  const send = async (envelope: MailFromTo, raw: Buffer, patience?: Patience): Promise<SmtpReply> => {
    const { from, to } = envelope
    if (UNFIT.test(from) || UNFIT.test(to)) throw new Error("an address with a character that ends a command")
    if (maxSize !== null && raw.length > maxSize) throw refusedAt("mail", tooLarge(maxSize))
    const utf8 = envelope.utf8 || !isPlain(from) || !isPlain(to)
    if (utf8 && !extensions.has("SMTPUTF8")) throw refusedAt("mail", noUtf8(isPlain(to)))
    const mail = `MAIL FROM:<${from}>${parameters(raw, utf8)}\r\n`
    const rcpt = `RCPT TO:<${to}>\r\n`
    try {
      await (pipelines ? together(mail, rcpt) : inTurn(mail, rcpt))
      const last = await deliver(raw, patience)
      sent += 1
      return last
    } catch (fault) {
      await reset(fault)
      throw fault
    }
  }

  const parameters = (raw: Buffer, utf8: boolean): string =>
    (extensions.has("SIZE") ? ` SIZE=${raw.length}` : "") +
    (extensions.has("8BITMIME") && !isAscii(raw) ? " BODY=8BITMIME" : "") +
    (utf8 ? " SMTPUTF8" : "")

  /** RFC 2920: three commands in one go. Of several no's the first is the reason, the others follow from it. */
  const together = async (mail: string, rcpt: string): Promise<void> => {
    talk.write(`${mail}${rcpt}DATA\r\n`)
    const mailed = await talk.reply("mail")
    const first = isNo(mailed) ? refusedAt("mail", mailed) : null
    // A server that says no and hangs up (421) leaves the rest unanswered: its no is the reason.
    const asked = await talk.reply("rcpt").catch((fault: unknown) => {
      throw first ?? fault
    })
    const second = first ?? (isNo(asked) ? refusedAt("rcpt", asked) : null)
    const data = await talk.reply("data").catch((fault: unknown) => {
      throw second ?? fault
    })
    const refused = second ?? (data.code === 354 ? null : refusedAt("data", data))
    if (!refused) return
    if (data.code === 354) {
      // It would take a mail for nobody: an empty one ends that, whatever it says to it.
      talk.write(".\r\n")
      await talk.reply("data")
    }
    throw refused
  }

  const inTurn = async (mail: string, rcpt: string): Promise<void> => {
    const steps = [
      ["mail", mail],
      ["rcpt", rcpt],
      ["data", "DATA\r\n"],
    ] as const
    for (const [stage, line] of steps) {
      talk.write(line)
      const reply = await talk.reply(stage)
      if (stage === "data" ? reply.code !== 354 : isNo(reply)) throw refusedAt(stage, reply)
    }
  }

  const deliver = async (raw: Buffer, patience?: Patience): Promise<SmtpReply> => {
    talk.waitFor(patience?.dotMs ?? DOT_PATIENCE)
    let isFirst = true
    for (const pieces of dataSteps(raw)) {
      if (!isFirst) await setImmediate()
      isFirst = false
      talk.write(...pieces)
    }
    patience?.onDot()
    const reply = await talk.reply("dot")
    talk.waitAsUsual()
    if (isNo(reply)) throw refusedAt("dot", reply)
    return reply
  }

  /** After a no the server may still be in the middle of that mail. */
  const reset = async (fault: unknown): Promise<void> => {
    const reply = fault instanceof SmtpFault ? fault.reply : null
    if (over || reply === null) return
    const answer = reply.code === 421 ? null : await talk.command("data", "RSET").catch(() => null)
    if (answer?.code !== 250) talk.destroy()
  }

  return {
    has: (extension) => extensions.has(extension),
    maxSize,
    tls: talk.tls(),
    get sent() {
      return sent
    },
    get usable() {
      return !over && talk.isQuiet()
    },
    ended: talk.ended,
    send,
    quit: () => {
      over = true
      talk.end()
    },
    destroy: talk.destroy,
  }
}

const isNo = (reply: SmtpReply): boolean => reply.code >= 300

const isPlain = (address: string): boolean => !/[^ -~]/.test(address)

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not get through
const UNFIT = /[\u0000-\u0020<>\u007f]/

/** RFC 6531 3.5: of the recipient, or of another address that the mail has. */
const noUtf8 = (plainRecipient: boolean): SmtpReply => ({
  code: plainRecipient ? 554 : 553,
  text: `${plainRecipient ? 554 : 553} 5.6.7 the server does not know SMTPUTF8, and ${plainRecipient ? "a sender in this mail" : "the recipient"} is not written in ASCII`,
  lines: [],
})

const tooLarge = (largest: number): SmtpReply => ({
  code: 552,
  text: `552 5.3.4 the mail is larger than the ${largest} bytes that the server takes`,
  lines: [],
})
