import { z } from "zod"
import type { AgentId, ConversationId } from "../words/ids.ts"
import { IDLE_STATES, LANGUAGES } from "../words/nouns.ts"
import type { RefusalCode } from "../words/refusals.ts"
import type { Millis } from "../words/time.ts"
import { address, clientKey, files, remark, saysSomething, textOrNone } from "./fields.ts"
import type { AgentEvent, BoxMessage, BoxState, ToolbarState } from "./views.ts"

/**
 * Frames of the two live sockets, JSON text, at most 64 kB each. A client says hello first; anything that
 * is not in these schemas closes the socket with 4400.
 *
 * Close codes: 4400 bad frame · 4401 token unknown or revoked · 4403 origin not allowed · 4404 no such site
 * · 4408 no hello within 10 s · 4429 too many · 1001 relay going down (come back with a pause).
 */
export const CLOSE = {
  /** Nothing is wrong with either side: connect again (RFC 6455's registry: service restart). */
  anew: 1012,
  badFrame: 4400,
  notSignedIn: 4401,
  origin: 4403,
  noSite: 4404,
  noHello: 4408,
  tooMany: 4429,
} as const

/** Largest frame either side may send, bytes. */
export const MAX_FRAME = 64 * 1024

// ── /live/agent ─────────────────────────────────────────────────────────────────────────────────────────

const agentHello = z.object({
  type: z.literal("hello"),
  token: z.string().max(128),
  /** `device`: this socket carries the device's beats, and its close ends the presence; `screen`: only reads. */
  role: z.enum(["device", "screen"]),
  /** Last event seen, to catch up from; null for a fresh start. */
  cursor: z.number().int().nonnegative().nullable(),
})

/** A beat carries the whole state; older sequence numbers of the same boot are dropped. */
export const beat = z.object({
  type: z.literal("beat"),
  bootId: z.string().min(8).max(64),
  seq: z.number().int().nonnegative(),
  state: z.enum(IDLE_STATES),
  /** When the next one is to be expected, ms. */
  intervalMs: z.number().int().min(1000).max(60_000),
  /** The browser cannot tell idle (Wayland): then unanswered work counts too. */
  tellsIdle: z.boolean().default(true),
  /** There was input in our own pages since the last beat. */
  used: z.boolean().default(false),
})

const conversation = z.string().max(64)

/** Which conversation this screen shows: of that it hears who is writing. Null: none. */
const look = z.object({ type: z.literal("look"), conversation: conversation.nullable() })

/** The agent is writing an answer; see words/typing.ts. */
const agentTyping = z.object({ type: z.literal("typing"), conversation, on: z.boolean() })

export const agentFrame = z.discriminatedUnion("type", [agentHello, beat, look, agentTyping])
export type AgentFrame = z.input<typeof agentFrame>
export type Beat = Omit<z.input<typeof beat>, "type">

/** Somebody writes, or stopped, in the conversation that a screen shows: its visitor, or a colleague. Never stored. */
export interface TypingPush {
  type: "typing"
  conversationId: ConversationId
  /** Null: the visitor. */
  agentId: AgentId | null
  name: string | null
  on: boolean
}

export type AgentPush =
  | { type: "welcome"; now: Millis; cursor: number; toolbar: ToolbarState }
  /** The relay has the beat: what it says is stored. */
  | { type: "ack"; seq: number; now: Millis }
  | { type: "event"; event: AgentEvent }
  /** Without `team` where that is what was told before: in a team of a thousand it is most of it. */
  | { type: "toolbar"; toolbar: Omit<ToolbarState, "team"> & Partial<Pick<ToolbarState, "team">> }
  | TypingPush
  | { type: "refused"; code: RefusalCode; message: string }

// ── /live/visitor ───────────────────────────────────────────────────────────────────────────────────────

const visitorHello = z.object({
  type: z.literal("hello"),
  site: z.string().max(64),
  /** What the tag names. */
  group: z.string().max(64).nullable(),
  /** What the visitor chose in this visit, of the groups that the site lets them choose from. */
  chosen: z.string().max(64).nullish(),
  /** Random, per tab. */
  tab: z.string().min(8).max(64),
  /** Who they are, once they have opened the box: `<id>.<secret>`. */
  visitor: z.string().max(128).nullable(),
})

export const visitorFrame = z.discriminatedUnion("type", [
  visitorHello,
  /** The visitor chooses whom to write to; answered by `welcome`, as a hello is. */
  z.object({ type: z.literal("group"), group: z.string().max(64) }),
  /** The box was opened for the first time: from now on the visitor is known. */
  z.object({ type: z.literal("open"), language: z.enum(LANGUAGES), zone: z.string().max(64) }),
  z
    .object({
      type: z.literal("write"),
      key: clientKey,
      text: textOrNone,
      page: z.object({ url: z.string().max(2000), title: z.string().max(300).nullable() }).nullable(),
      /** Files sent before (`/api/box/uploads`), by their ids. */
      files: files.optional(),
    })
    .refine(saysSomething, { path: ["text"], message: "write something first" }),
  z.object({
    type: z.literal("contact"),
    address: address.nullable(),
    name: z.string().trim().max(80).nullable(),
  }),
  /** This tab has shown messages up to `seq` to the visitor (box open, page visible). */
  z.object({ type: z.literal("seen"), seq: z.number().int().nonnegative() }),
  /** The visitor is writing; see words/typing.ts. */
  z.object({ type: z.literal("typing"), on: z.boolean() }),
  /** What the page says of its visitor, as JSON text, and its signature (relay/rules/identity.ts). */
  z.object({
    type: z.literal("identify"),
    said: z.string().max(4000),
    signature: z.string().max(200).nullable(),
  }),
  /** How the closed conversation was; words may follow later. */
  z.object({ type: z.literal("rate"), good: z.boolean(), words: remark.nullish() }),
  /** The conversation is to be mailed to the visitor. */
  z.object({ type: z.literal("transcript") }),
])
export type VisitorFrame = z.infer<typeof visitorFrame>

export type VisitorPush =
  | { type: "welcome"; box: BoxState }
  /** To be kept by the box and said in every later hello. */
  | { type: "you"; visitor: string }
  | { type: "light"; on: boolean; opensAt: Millis | null; groups: BoxState["groups"] }
  | { type: "message"; message: BoxMessage }
  /** An agent writes, or stopped. */
  | { type: "typing"; name: string; on: boolean }
  | { type: "ack"; key: string; message: BoxMessage }
  | { type: "contact"; address: string | null; name: string | null }
  /** The conversation was closed, or goes on. */
  | { type: "ended"; ended: boolean }
  /** How the visitor finds it is stored. */
  | { type: "rated"; good: boolean }
  /** The conversation is on its way to this address. */
  | { type: "mailed"; to: string }
  /** `key`: of a message; or `identify`, `rate`, `transcript` for one of those. */
  | { type: "refused"; key: string | null; code: RefusalCode; message: string }
