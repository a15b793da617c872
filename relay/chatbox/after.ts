import type { VisitorFrame, VisitorPush } from "../../shared/protocol/live.ts"
import type { Box, Happening } from "./state.ts"

/**
 * What is around the talk itself, a part of the box's state: that the conversation was closed and how it was, a
 * copy of it by mail, who the page says the visitor is. What the relay is to be told of it waits in `asks`.
 */
export interface After {
  ended: boolean
  /** How it was: as the relay knows it, or as it is just being told. */
  rating: boolean | null
  /** Where the copy has gone; false: it was refused; null: none was asked for, or it is under way. */
  copied: string | false | null
  /** One of a kind. */
  asks: Ask[]
}

type AskFrame = Extract<VisitorFrame, { type: "rate" | "transcript" | "identify" }>
interface Ask {
  frame: AskFrame
  sent: boolean
}

export const NOTHING_AFTER: After = { ended: false, rating: null, copied: null, asks: [] }

export type AfterHappening = { type: "ask"; frame: AskFrame }

const without = ({ asks }: After, type: AskFrame["type"]): Ask[] =>
  asks.filter(({ frame }) => frame.type !== type)

/** One step; the same object when nothing changed. */
export const stepAfter = (after: After, what: Happening): After => {
  switch (what.type) {
    case "ask": {
      const { frame } = what
      return {
        ...after,
        ...(frame.type === "rate" && { rating: frame.good }),
        ...(frame.type === "transcript" && { copied: null }),
        asks: [...without(after, frame.type), { frame, sent: false }],
      }
    }
    case "wrote":
      // Where the copy went has been read; the talk goes on.
      return { ...after, copied: null }
    case "chose":
      return { ...NOTHING_AFTER, asks: after.asks.filter(({ frame }) => frame.type === "identify") }
    case "rejected":
      return { ...after, asks: [] }
    case "sent":
      return {
        ...after,
        asks: after.asks.map(({ frame, sent }) => ({ frame, sent: sent || what.frames.includes(frame) })),
      }
    case "lost":
      return { ...after, asks: after.asks.map(({ frame }) => ({ frame, sent: false })) }
    case "pushed":
      return take(after, what.push)
    default:
      return after
  }
}

const take = (after: After, push: VisitorPush): After => {
  switch (push.type) {
    case "welcome":
      return {
        ...after,
        ended: push.box.ended,
        rating: push.box.rating,
        // Of a visitor who was erased no address stands here any longer.
        copied: push.box.address ? after.copied : null,
      }
    case "ended":
      return { ...after, ended: push.ended, rating: null, asks: without(after, "rate") }
    case "rated":
      return { ...after, rating: push.good, asks: without(after, "rate") }
    case "mailed":
      return { ...after, copied: push.to, asks: without(after, "transcript") }
    case "refused":
      if (push.key === "transcript") return { ...after, copied: false, asks: without(after, "transcript") }
      // What a page said wrong is for who wrote the page.
      if (push.key === "identify") console.warn(push.message)
      return after
    default:
      return after
  }
}

/** A copy was asked for that has to know first where it goes. */
export const copyWaits = ({ after, address }: Box): boolean =>
  !address && after.asks.some(({ frame }) => frame.type === "transcript")

/** What the relay is to be told of it. Of a visitor who is known, on a connection. */
export const framesAfter = ({ after, address, contact }: Box): VisitorFrame[] =>
  after.asks.flatMap(({ frame, sent }) =>
    sent || (frame.type === "transcript" && (!address || contact)) ? [] : frame,
  )
