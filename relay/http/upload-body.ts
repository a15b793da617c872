import { MOST_BYTES } from "../../shared/words/files.ts"
import { Refusal } from "../../shared/words/refusals.ts"
import { MINUTE, type Millis, SECOND } from "../../shared/words/time.ts"

/** How slow a line may be: the whole file, and the least that comes in each stretch of time. */
export interface UploadPace {
  within: Millis
  every: Millis
  /** Bytes. */
  least: number
}

/** The slowest phone that anybody waits for sends a photo in some minutes; who sends byte by byte means harm. */
const PACE: UploadPace = { within: 10 * MINUTE, every: 15 * SECOND, least: 16_000 }

const tooLarge = (): Refusal =>
  new Refusal("too-large", `the file is larger than ${MOST_BYTES / 1_000_000} MB: send a smaller one`, {
    most: MOST_BYTES,
  })

const tooSlow = (): Refusal =>
  new Refusal("bad-input", "the file came too slowly and was given up: try again on a better connection")

const cutOff = (): Refusal => new Refusal("bad-input", "the file ended before its end: try again")

/**
 * The bytes of a request that carries a file, in memory. Refusals: `too-large` as soon as that is known, `bad-input`
 * for one that comes too slowly or breaks off. Nothing is kept of those.
 */
export const readUpload = async (request: Request, pace: UploadPace = PACE): Promise<Uint8Array> => {
  if (Number(request.headers.get("content-length") ?? 0) > MOST_BYTES) throw tooLarge()
  const reader = request.body?.getReader()
  if (!reader) return new Uint8Array()
  const chunks: Uint8Array[] = []
  let size = 0
  let looked = 0
  const late = Promise.withResolvers<never>()
  // Whoever loses the race below is not waited for.
  late.promise.catch(() => undefined)
  const end = setTimeout(() => late.reject(tooSlow()), pace.within)
  const look = setInterval(() => {
    if (size - looked < pace.least) late.reject(tooSlow())
    looked = size
  }, pace.every)
  try {
    for (;;) {
      const { done, value } = await Promise.race([reader.read(), late.promise])
      if (done) return Buffer.concat(chunks, size)
      size += value.byteLength
      if (size > MOST_BYTES) throw tooLarge()
      chunks.push(value)
    }
  } catch (error) {
    reader.cancel().catch(() => undefined)
    throw error instanceof Refusal ? error : cutOff()
  } finally {
    clearTimeout(end)
    clearInterval(look)
  }
}

/** Whether a request carries a file: it may take longer than others, and be larger. */
export const isUpload = (path: string): boolean => /^\/api\/[^?]*\/uploads(?:\?|$)/.test(path)

/** How many files may be under way at a time: each is in memory until it is stored. */
export interface UploadGate {
  /** Refusal `too-many` where it is full; else gives how to leave. */
  enter(who: string): () => void
}

export const uploadGate = (most: number, mostOfOne: number): UploadGate => {
  const under = new Map<string, number>()
  let all = 0
  return {
    enter: (who) => {
      const own = under.get(who) ?? 0
      if (all >= most || own >= mostOfOne)
        throw new Refusal("too-many", "too many files are being sent just now: try again in a moment", {
          limit: "now",
        })
      all++
      under.set(who, own + 1)
      return () => {
        all--
        const left = (under.get(who) ?? 1) - 1
        if (left === 0) under.delete(who)
        else under.set(who, left)
      }
    },
  }
}
