import type { VisitorFrame } from "../../shared/protocol/live.ts"
import type { Box, Happening } from "./state.ts"

/**
 * What is around the talk itself, a part of the box's state: who the page says the visitor is; that the
 * conversation was closed and how it was; a copy of it by mail.
 */
export interface After {
  ended: boolean
  /** How it was: as the relay knows it, or as it is just being told. */
  rating: boolean | null
  rate: { good: boolean; words: string | null; sent: boolean } | null
  /** A copy: the visitor wants one, the relay was asked, it refused. */
  copy: "wanted" | "asked" | "failed" | null
  copiedTo: string | null
  identity: { said: string; signature: string | null; sent: boolean } | null
}

export const NOTHING_AFTER: After = {
  ended: false,
  rating: null,
  rate: null,
  copy: null,
  copiedTo: null,
  identity: null,
}

export type AfterHappening =
  | { type: "rate"; good: boolean; words: string | null }
  | { type: "copy" }
  | { type: "identify"; said: string; signature: string | null }

/** One step; the same object when nothing changed. */
export const stepAfter = (after: After, what: Happening): After => {
  switch (what.type) {
    case "rate":
      return { ...after, rating: what.good, rate: { good: what.good, words: what.words, sent: false } }
    case "copy":
      return { ...after, copy: "wanted", copiedTo: null }
    case "identify":
      return { ...after, identity: { said: what.said, signature: what.signature, sent: false } }
    case "chose":
      return { ...NOTHING_AFTER, identity: after.identity }
    case "sent":
      return what.frames.reduce(markSent, after)
    case "lost":
      return {
        ...after,
        copy: after.copy === "asked" ? "wanted" : after.copy,
        rate: after.rate && { ...after.rate, sent: false },
        identity: after.identity && { ...after.identity, sent: false },
      }
    case "rejected":
      return { ...NOTHING_AFTER, ended: after.ended }
    case "pushed":
      return take(after, what.push)
    default:
      return after
  }
}

const markSent = (after: After, { type }: VisitorFrame): After => {
  if (type === "rate") return { ...after, rate: after.rate && { ...after.rate, sent: true } }
  if (type === "transcript") return { ...after, copy: "asked" }
  if (type === "identify") return { ...after, identity: after.identity && { ...after.identity, sent: true } }
  return after
}

const take = (after: After, push: Extract<Happening, { type: "pushed" }>["push"]): After => {
  switch (push.type) {
    case "welcome":
      return { ...after, ended: push.box.ended, rating: after.rate?.good ?? push.box.rating }
    case "ended":
      return { ...after, ended: push.ended, rating: null, rate: null }
    case "rated":
      return { ...after, rating: push.good, rate: null }
    case "mailed":
      return { ...after, copy: null, copiedTo: push.to }
    case "refused":
      if (push.key === "transcript") return { ...after, copy: "failed" }
      // What a page said wrong is for who wrote the page.
      if (push.key === "identify") console.warn(push.message)
      return push.key === "rate" ? { ...after, rate: null } : after
    default:
      return after
  }
}

/** What the relay is to be told of it. Of a visitor who is known, on a connection. */
export const framesAfter = ({ after, address, contact }: Box): VisitorFrame[] => {
  const { identity, rate, copy } = after
  const frames: VisitorFrame[] = []
  if (identity && !identity.sent)
    frames.push({ type: "identify", said: identity.said, signature: identity.signature })
  if (rate && !rate.sent) frames.push({ type: "rate", good: rate.good, words: rate.words })
  if (copy === "wanted" && address && !contact) frames.push({ type: "transcript" })
  return frames
}
