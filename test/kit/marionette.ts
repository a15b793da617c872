import { once } from "node:events"
import net from "node:net"

type Reply = [type: 1, id: number, error: { error: string; message: string } | null, result: unknown]

interface Pending {
  resolve(result: unknown): void
  reject(error: Error): void
}

/**
 * Firefox's own remote protocol: JSON messages, each behind its length in bytes and a colon; a command is
 * `[0, id, name, parameters]`, its answer `[1, id, error, result]`. Names as in WebDriver.
 */
export class Marionette {
  #socket: net.Socket
  #buffer = Buffer.alloc(0)
  #next = 0
  #pending = new Map<number, Pending>()

  private constructor(socket: net.Socket) {
    this.#socket = socket
  }

  /** Connects and waits for Firefox's greeting. */
  static async connect(port: number): Promise<Marionette> {
    const socket = net.connect(port, "127.0.0.1")
    await once(socket, "connect")
    const client = new Marionette(socket)
    const greeted = new Promise<void>((resolve, reject) => {
      client.#pending.set(-1, { resolve: () => resolve(), reject })
    })
    socket.on("data", (bytes) => client.#take(bytes))
    socket.on("error", () => socket.destroy())
    socket.on("close", () => client.#end())
    await greeted
    return client
  }

  /** Sends a command; rejects with what Firefox says is wrong, or when it is gone. */
  command<T>(name: string, parameters: Record<string, unknown> = {}): Promise<T> {
    const id = ++this.#next
    const message = JSON.stringify([0, id, name, parameters])
    return new Promise<T>((resolve, reject) => {
      if (this.#socket.destroyed) return reject(new Error(`${name}: Firefox is gone`))
      this.#pending.set(id, { resolve: (result) => resolve(result as T), reject })
      this.#socket.write(`${Buffer.byteLength(message)}:${message}`)
    })
  }

  close(): void {
    this.#socket.destroy()
  }

  #take(bytes: Buffer): void {
    this.#buffer = Buffer.concat([this.#buffer, bytes])
    for (;;) {
      const colon = this.#buffer.indexOf(":")
      if (colon < 0) return
      const end = colon + 1 + Number(this.#buffer.subarray(0, colon).toString())
      if (this.#buffer.length < end) return
      const message = JSON.parse(this.#buffer.subarray(colon + 1, end).toString()) as Reply | object
      this.#buffer = this.#buffer.subarray(end)
      if (Array.isArray(message)) this.#answer(message as Reply)
      else this.#settle(-1)?.resolve(message)
    }
  }

  #answer([, id, error, result]: Reply): void {
    const pending = this.#settle(id)
    if (error === null) pending?.resolve(result)
    else pending?.reject(new Error(`${error.error}: ${error.message}`))
  }

  #settle(id: number): Pending | undefined {
    const pending = this.#pending.get(id)
    this.#pending.delete(id)
    return pending
  }

  #end(): void {
    for (const { reject } of this.#pending.values()) reject(new Error("Firefox is gone"))
    this.#pending.clear()
  }
}
