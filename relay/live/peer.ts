import { CLOSE } from "../../shared/protocol/live.ts"
import type { Millis } from "../../shared/words/time.ts"
import type { Log } from "../log.ts"
import type { Connection, Side } from "./connection.ts"

/** What is used of a socket of the `ws` package. */
export interface RawSocket {
  readonly readyState: number
  ping(): void
  terminate(): void
  close(code: number, reason: string): void
  on(
    event: "message",
    listener: (this: RawSocket, data: { toString(): string }, isBinary: boolean) => void,
  ): unknown
  on(event: "pong" | "close" | "error", listener: (this: RawSocket) => void): unknown
  [PEER]?: Peer
}

/** What is used of the line below it: frames are put on it whole, past the library, which would write two pieces. */
export interface RawLine {
  /** Bytes that the peer has not read yet, as far as this process holds them. */
  readonly writableLength: number
  write(frame: Uint8Array): unknown
}

/** Bytes a peer may leave unread before it is cut off. */
const MAX_BUFFERED = 1024 * 1024
/** Frames of one peer that may wait for their turn. */
const MAX_WAITING = 64
/** Close codes of RFC 6455, 7.4.1. */
export const GOING_AWAY = 1001
const BROKEN = 1011
/** A socket's `readyState`: nobody has begun to end it. */
const OPEN = 1

const PEER = Symbol("peer")

interface Written {
  push: unknown
  frame: Uint8Array
}

const writtenOnce = (last: Written | null, push: unknown): Written =>
  last !== null && last.push === push ? last : { push, frame: textFrame(JSON.stringify(push)) }

/** What all peers of one kind share. */
export interface Shared {
  log: Log
  helloWithin: Millis
  /** A light goes to thousands of boxes, one after the other: it is written once. */
  last: Written | null
  left(peer: Peer): void
}

/**
 * One open socket. There are ten thousand of them, so what they have in common is on the prototype or in `shared`, and
 * what only some need is null until then.
 */
export class Peer implements Connection<unknown> {
  open = true
  /** It has answered the last ping. */
  alive = true
  #closedByUs = false
  /** When they have to have said who they are; null: they have. */
  #helloBy: Millis | null
  /** Frames that wait for the one in hand; null: there is none in hand. */
  #waiting: string[] | null = null
  readonly #shared: Shared
  readonly #raw: RawSocket
  readonly #line: RawLine
  readonly #side: Side<never>
  readonly turn: number

  constructor(shared: Shared, raw: RawSocket, line: RawLine, side: Side<never>, turn: number) {
    this.#shared = shared
    this.#raw = raw
    this.#line = line
    this.#side = side
    this.turn = turn
    this.#helloBy = performance.now() + shared.helloWithin
    raw[PEER] = this
    raw.on("pong", onPong)
    raw.on("message", onMessage)
    raw.on("error", onError)
    raw.on("close", onClose)
  }

  send(push: unknown): void {
    if (!this.open) return
    if (this.#line.writableLength > MAX_BUFFERED) {
      this.#closedByUs = true
      this.#end(false)
      this.#raw.terminate()
      return
    }
    this.#shared.last = writtenOnce(this.#shared.last, push)
    // Else the end is on its way, and nothing may follow a frame that says so.
    if (this.#raw.readyState === OPEN) this.#line.write(this.#shared.last.frame)
  }

  close(code: number, reason: string): void {
    if (!this.open) return
    this.#closedByUs = true
    this.#end(code === GOING_AWAY)
    this.#raw.close(code, reason)
  }

  welcomed(): void {
    this.#helloBy = null
  }

  /** A peer that did not answer the last ping is gone without having said so (a cut cable, a lost Wi-Fi). */
  ping(): void {
    if (!this.alive) this.#raw.terminate()
    this.alive = false
    this.#raw.ping()
  }

  /** False: they have said who they are, or are gone. */
  hasToSayHello(now: Millis): boolean {
    if (!this.open || this.#helloBy === null) return false
    if (now < this.#helloBy) return true
    this.close(CLOSE.noHello, "no hello")
    return false
  }

  receive(data: { toString(): string }, isBinary: boolean): void {
    if (!this.open) return
    if (isBinary) this.close(CLOSE.badFrame, "frames are text")
    else if (this.#waiting === null) void this.#handleAll(data.toString())
    else if (this.#waiting.length + 1 < MAX_WAITING) this.#waiting.push(data.toString())
    else this.close(CLOSE.tooMany, "too many frames at once")
  }

  cutOff(): void {
    this.#raw.terminate()
  }

  lost(): void {
    this.#shared.left(this)
    this.#end(false)
  }

  #end(goingDown: boolean): void {
    if (!this.open) return
    this.open = false
    this.#side.gone(!this.#closedByUs, goingDown)
  }

  async #handleAll(first: string): Promise<void> {
    const waiting: string[] = []
    this.#waiting = waiting
    for (let text: string | undefined = first; text !== undefined && this.open; text = waiting.shift())
      await this.#handle(text)
    this.#waiting = null
  }

  async #handle(text: string): Promise<void> {
    const frame = parse(text)
    if (frame === undefined) return this.close(CLOSE.badFrame, "not JSON")
    try {
      await this.#side.take(frame, this)
    } catch (error) {
      this.#shared.log.error({ err: error }, "a live frame could not be handled")
      this.close(BROKEN, "something went wrong in the relay")
    }
  }
}

// The same for every socket, which they are called on.
function onPong(this: RawSocket): void {
  const peer = this[PEER]
  if (peer) peer.alive = true
}
function onMessage(this: RawSocket, data: { toString(): string }, isBinary: boolean): void {
  this[PEER]?.receive(data, isBinary)
}
// A broken line or a frame against the protocol: a close follows.
function onError(): void {}
function onClose(this: RawSocket): void {
  this[PEER]?.lost()
}

/** A text frame as a server sends it: whole, unmasked (RFC 6455, 5.2). */
export const textFrame = (text: string): Uint8Array => {
  const length = Buffer.byteLength(text)
  const long = length < 126 ? 0 : length < 65_536 ? 2 : 8
  const frame = Buffer.allocUnsafe(2 + long + length)
  frame[0] = 0x81
  frame[1] = long === 0 ? length : long === 2 ? 126 : 127
  if (long === 2) frame.writeUInt16BE(length, 2)
  if (long === 8) frame.writeBigUInt64BE(BigInt(length), 2)
  frame.write(text, 2 + long)
  return frame
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
