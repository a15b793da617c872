import type { z } from "zod"
import type { AccountId, AgentId, DeviceId, SiteId, VisitorId } from "../../shared/words/ids.ts"
import type { Role } from "../../shared/words/nouns.ts"
import type { House } from "../house.ts"
import type { BeatGroup } from "../live/beat-group.ts"
import type { Outside } from "../outside.ts"
import type { Scrubbed } from "../scrub.ts"
import type { Allowing } from "./allow.ts"
import type { Examiner } from "./examiner.ts"
import type { Limits } from "./limits.ts"

/**
 * Who may call a route: anybody; who has the set-up key of the printed link; a visitor by what their chat box keeps,
 * as a bearer token, with the site in the query; a signed-in agent; an admin.
 * One table (routes.ts) holds every route of the API, so that tests try each against every role.
 */
export type Who = "public" | "key" | "visitor" | "agent" | "admin"

export interface Me {
  accountId: AccountId
  agentId: AgentId
  deviceId: DeviceId
  role: Role
}

/** A visitor, as a chat box asks for them. */
export interface Visitor {
  accountId: AccountId
  siteId: SiteId
  visitorId: VisitorId
}

type Caller<W extends Who> = W extends "agent" | "admin" ? Me : W extends "visitor" ? Visitor : null

/** What a handler is given besides its request. */
export interface Desk extends House {
  limits: Limits
  beats: BeatGroup
  /** Secret of the printed links. */
  setupKey: string
  examiner: Examiner
  allowing: Allowing
  /** The key that devices subscribe to push with (VAPID), and which push services the relay does not speak to. */
  push: { publicKey: string; unfit: Outside["unfit"] }
  /** To be called after queueing a mail that no event tells of. */
  mailQueued: () => void
  /** Places of others, asked so that nobody can make the relay ask its own network. */
  outside: Pick<Outside, "unfit" | "get">
  /** Takes what was erased out of the store's file, too. */
  scrub: () => Promise<Scrubbed>
  /** To be called after queueing something for a webhook that no event tells of. */
  webhookQueued: () => void
}

type Read<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined

export interface Call<W extends Who, Params, Query, Body> {
  desk: Desk
  me: Caller<W>
  /** Network address of the client. */
  address: string
  /** Set-up key of the request's header, empty without one; see keys.ts. */
  key: string
  params: Read<Params>
  query: Read<Query>
  body: Read<Body>
  /** As it came, for a route that takes a file. */
  request: Request
  /** Asks once more who calls: refuses where a token was revoked since. */
  again: () => Promise<void>
}

export interface Route<
  W extends Who = Who,
  Params extends z.ZodObject | undefined = z.ZodObject | undefined,
  Query extends z.ZodObject | undefined = z.ZodObject | undefined,
  Body extends z.ZodType | undefined = z.ZodType | undefined,
  Answer = unknown,
> {
  method: "get" | "post" | "put" | "patch"
  /** With `{name}` for what varies. */
  path: string
  who: W
  summary: string
  params?: Params
  query?: Query
  body?: Body
  /** Its body is a file, whatever its content type says; larger and slower than others (upload-body.ts). */
  upload?: true
  /** Shape of a 200; without it the answer is 204, or what `handle` makes itself. */
  answer?: z.ZodType<Answer>
  handle(call: Call<W, Params, Query, Body>): Promise<Answer | Response>
}

/** A route with the types of its parts; in the table they are all alike. */
export const route = <
  W extends Who,
  Params extends z.ZodObject | undefined = undefined,
  Query extends z.ZodObject | undefined = undefined,
  Body extends z.ZodType | undefined = undefined,
  Answer = void,
>(
  spec: Route<W, Params, Query, Body, Answer>,
): Route => spec as unknown as Route
