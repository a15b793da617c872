import { once } from "node:events"
import net from "node:net"
import tls from "node:tls"

/** How long a test waits for an answer before it fails. */
const PATIENCE_MS = 30_000

/**
 * A client that sends exactly the bytes it is told to, and reads answers one at a time (a multi-line
 * answer is one). Every wait ends in a failure that shows what was heard so far.
 */
export class RawSmtp {
  #socket: net.Socket
  #buffer = ""
  #heard = ""
  #ended = false
  #wake: () => void = () => undefined

  private constructor(socket: net.Socket) {
    this.#socket = socket
    this.#listen(socket)
  }

  /** Connects, from an address of this machine if given, and does not wait for the greeting. */
  static async connect(port: number, host = "127.0.0.1", localAddress?: string): Promise<RawSmtp> {
    const socket = net.connect({ port, host, localAddress })
    await once(socket, "connect")
    return new RawSmtp(socket)
  }

  /** Connects, and gets as far as after EHLO. */
  static async greeted(port: number, name = "client.example"): Promise<RawSmtp> {
    const client = await RawSmtp.connect(port)
    await client.answer()
    await client.say(`EHLO ${name}`)
    return client
  }

  /** Writes bytes as they are; resolves when the system has taken them, or the connection is no more. */
  write(bytes: string | Uint8Array): Promise<void> {
    return new Promise((resolve) => {
      if (this.#socket.destroyed) resolve()
      else this.#socket.write(bytes, () => resolve())
    })
  }

  /** The next answer, e.g. `250 2.1.0 Accepted`; "" when the connection ended instead. */
  async answer(patienceMs = PATIENCE_MS): Promise<string> {
    await this.#until(() => this.#ended || completeAnswer(this.#buffer) !== null, patienceMs)
    const answer = completeAnswer(this.#buffer)
    if (answer === null) return ""
    this.#buffer = this.#buffer.slice(answer.length)
    return answer.trimEnd()
  }

  /** One command line and its answer. */
  async say(line: string): Promise<string> {
    await this.write(`${line}\r\n`)
    return this.answer()
  }

  /** Several commands, each after the answer to the one before; all answers. */
  async sayAll(...lines: string[]): Promise<string[]> {
    const answers: string[] = []
    for (const line of lines) answers.push(await this.say(line))
    return answers
  }

  /** MAIL, RCPT, DATA, the bytes as they are, then CRLF.CRLF; the last answer. */
  async mail(bytes: string | Uint8Array, to = "r-aaaabbbbccccdddd@relay.test", from = "a@client.example") {
    await this.sayAll(`MAIL FROM:<${from}>`, `RCPT TO:<${to}>`, "DATA")
    await this.write(bytes)
    await this.write("\r\n.\r\n")
    return this.answer()
  }

  /** STARTTLS; resolves with the answers to STARTTLS, once the handshake is done. */
  async startTls(extraPlaintext = ""): Promise<string> {
    await this.write(`STARTTLS\r\n${extraPlaintext}`)
    const answer = await this.answer()
    const plain = this.#socket
    plain.removeAllListeners("data")
    const secure = tls.connect({ socket: plain, rejectUnauthorized: false })
    await once(secure, "secureConnect")
    this.#socket = secure
    this.#buffer = ""
    this.#listen(secure)
    return answer
  }

  /** Resolves when the other side has closed, with everything that was heard in the session. */
  async closed(): Promise<string> {
    await this.#until(() => this.#ended)
    return this.#heard
  }

  /** Writes bytes and closes this direction (TCP's half close, TLS's close_notify); answers are still heard. */
  finish(bytes: string | Uint8Array): void {
    this.#socket.end(bytes)
  }

  /** Whatever was heard until now. */
  get heard(): string {
    return this.#heard
  }

  /** Hangs up without QUIT. */
  hangUp(): void {
    this.#socket.destroy()
  }

  async quit(): Promise<void> {
    await this.say("QUIT")
    this.#socket.end()
    await this.closed()
  }

  #listen(socket: net.Socket): void {
    const over = (): void => {
      this.#ended = true
      this.#wake()
    }
    socket.on("data", (chunk: Buffer) => {
      this.#buffer += chunk.toString("latin1")
      this.#heard += chunk.toString("latin1")
      this.#wake()
    })
    socket.on("end", over)
    socket.on("close", over)
    // a reset is an end like any other; what was heard before it is what tests look at
    socket.on("error", over)
  }

  async #until(condition: () => boolean, patienceMs = PATIENCE_MS): Promise<void> {
    const deadline = AbortSignal.timeout(patienceMs)
    while (!condition()) {
      await new Promise<void>((resolve, reject) => {
        this.#wake = resolve
        deadline.addEventListener(
          "abort",
          () =>
            reject(new Error(`no answer in ${patienceMs} ms; heard so far: ${JSON.stringify(this.#heard)}`)),
          { once: true },
        )
      })
    }
  }
}

/** The first whole answer in a buffer with its line ends, or null: lines `250-…` up to one `250 …`. */
const completeAnswer = (buffer: string): string | null =>
  /^(?:\d{3}-[^\r\n]*\r\n)*\d{3}(?: [^\r\n]*)?\r\n/.exec(buffer)?.[0] ?? null
