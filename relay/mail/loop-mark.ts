import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from "node:crypto"
import { allOf, type HeaderField } from "./header.ts"

/** Name of the relay's secret whose text is the key of loop marks. */
export const LOOP_SECRET = "loop-key"

const NAME = "Porchlight-Loop"

/** Marks looked at; a mail that several of our addresses passed on has one of each. */
const MAX_MARKS = 100

/**
 * A header field, with its line end, that goes on top of what is sent on for an address of ours: when the mail comes
 * to this address again, it went in a circle. Who does not have the key learns nothing of the address from it, and
 * cannot make one that keeps a mail from arriving.
 */
export const loopMark = (address: string, key: string): Buffer =>
  Buffer.from(`${NAME}: ${markOf(address, key).toString("base64url")}\r\n`)

/** Whether a mail was sent on for this address before. */
export const hasLoopMark = (header: readonly HeaderField[], address: string, key: string): boolean => {
  const marks = allOf(header, NAME.toLowerCase()).slice(0, MAX_MARKS)
  if (marks.length === 0) return false
  const ours = markOf(address, key)
  return marks.some((mark) => {
    const given = Buffer.from(mark, "base64url")
    return given.length === ours.length && timingSafeEqual(given, ours)
  })
}

/** 128 bits of HMAC-SHA256; addresses that differ in case are one. */
const markOf = (address: string, key: string): Buffer =>
  createHmac("sha256", keyObject(key)).update(`loop ${address.toLowerCase()}`).digest().subarray(0, 16)

let last: { text: string; made: KeyObject } | null = null

/** There is one key, and making it ready costs as much as using it. */
const keyObject = (text: string): KeyObject => {
  if (last?.text !== text) last = { text, made: createSecretKey(Buffer.from(text)) }
  return last.made
}
