import { type AgentPush, agentFrame, type Beat, CLOSE } from "../../shared/protocol/live.ts"
import type { ToolbarState } from "../../shared/protocol/views.ts"
import {
  type AccountId,
  type AgentId,
  type ConversationId,
  type DeviceId,
  isId,
} from "../../shared/words/ids.ts"
import type { IdleState } from "../../shared/words/nouns.ts"
import { Refusal } from "../../shared/words/refusals.ts"
import type { House } from "../house.ts"
import { asTold, wholeToolbarOf } from "../http/toolbar.ts"
import type { BeatGroup } from "./beat-group.ts"
import type { Connection, Side } from "./connection.ts"
import type { EventPush, FanOut, Listener } from "./fan-out.ts"
import { changesToolbar, type Toolbars } from "./toolbars.ts"
import { type TypingLine, typingGate } from "./typing.ts"

/**
 * /live/agent: what happens in the account, live, and the beats of a device.
 *
 *   hello → (who is it) → welcome → missed events → events, toolbars and acks, until one of us goes
 */
export interface AgentLive extends House {
  beats: BeatGroup
  fanOut: FanOut
  toolbars: Toolbars
  typing: TypingLine
  /** Sockets of role `device` that carry beats. */
  carriers: Carriers
}

/** Which sockets carry the beats of which device in this process: a device has two while it reconnects. */
export type Carriers = Map<DeviceId, Set<object>>

/** Missed events past this are not sent: the client reads its screens anew on welcome anyway. */
const MOST_MISSED = 1000

type Pushes = Connection<AgentPush>

interface Session {
  accountId: AccountId
  agentId: AgentId
  deviceId: DeviceId
  role: "device" | "screen"
  /** Of the last beat this socket carried; null before the first. */
  bootId: string | null
  state: IdleState | null
  seq: number
  /** Resolves when the last beat is stored, or was not. */
  stored: Promise<void>
  /** As others see who writes. */
  name: string
  /** Which conversation this screen hears of, and how to end that; null: none. */
  looking: (() => void) | null
  /** Where they write, if they do. */
  typesIn: ConversationId | null
  leave: (() => void)[]
}

/** The relay's side of one agent's socket. */
export const agentSide = (live: AgentLive): Side<AgentPush> => {
  const { store, clock, log } = live
  const self = {}
  const mayTell = typingGate()
  let session: Session | null = null

  const hello = async (
    { token, role, cursor }: { token: string; role: "device" | "screen"; cursor: number | null },
    connection: Pushes,
  ): Promise<void> => {
    const { accountId, agentId, deviceId } = await store.run("identify", { token }, clock.now())
    const { last, sweptTo } = await lastEventOf(live, accountId)
    // What was swept cannot be told any more: such a client begins anew, rather than with a gap.
    const forgotten = cursor === null || cursor > last || last - cursor > MOST_MISSED || cursor < sweptTo
    const listener: Listener = {
      cursor: forgotten ? last : cursor,
      tell: (push) => tell(push, connection),
    }
    const whole = await wholeToolbarOf(live, { accountId, agentId, deviceId })
    const toolbar = asTold(whole)
    // Once more, as what revoked it meanwhile may lie before the cursor.
    await store.run("identify", { token }, clock.now())
    if (!connection.open) return

    session = {
      accountId,
      agentId,
      deviceId,
      role,
      bootId: null,
      state: null,
      seq: -1,
      stored: Promise.resolve(),
      name: toolbar.me.name,
      looking: null,
      typesIn: null,
      leave: [],
    }
    connection.welcomed()
    connection.send({ type: "welcome", now: clock.now(), cursor: listener.cursor, toolbar })
    const screen = {
      agentId,
      deviceId,
      show: (next: ToolbarState, changed: { team: boolean }) => {
        if (session !== null) session.name = next.me.name
        const { team: _, ...others } = next
        connection.send({ type: "toolbar", toolbar: changed.team ? asTold(next) : others })
      },
    }
    session.leave.push(live.toolbars.join(accountId, screen, whole))
    session.leave.push(live.fanOut.join(accountId, listener))
    // What happened between the two readings.
    live.toolbars.changed(accountId)
  }

  const tell = (push: EventPush, connection: Pushes): void => {
    if (session === null) return
    const { event } = push
    connection.send(push)
    if (event.kind === "revoked" && event.deviceId === session.deviceId)
      connection.close(CLOSE.notSignedIn, "signed out")
    if (changesToolbar(event)) live.toolbars.changed(session.accountId)
  }

  const look = (of: Session, conversation: string | null, connection: Pushes): void => {
    of.looking?.()
    const known = conversation !== null && isId("conversation", conversation)
    of.looking = known
      ? live.typing.look(of.accountId, conversation, (typed) => {
          if (typed.agentId !== of.agentId) connection.send({ type: "typing", ...typed })
        })
      : null
  }

  /** A foreign conversation is looked at by nobody of this account, so nobody hears of it. */
  const typing = (of: Session, conversation: string, on: boolean): void => {
    if (!isId("conversation", conversation) || !mayTell(on)) return
    const { accountId, agentId, name } = of
    of.typesIn = on ? conversation : null
    live.typing.say(accountId, { conversationId: conversation, agentId, name, on })
  }

  /** Not awaited by the next frame: an ack takes as long as beats are gathered, and frames go on meanwhile. */
  const carry = async (of: Session, beat: Beat, connection: Pushes): Promise<void> => {
    const { accountId, agentId, deviceId } = of
    const urgent = of.state !== beat.state || of.bootId !== beat.bootId
    of.state = beat.state
    of.bootId = beat.bootId
    of.seq = beat.seq
    carriersOf(live.carriers, deviceId).add(self)
    try {
      const result = await live.beats.take({ accountId, agentId, deviceId, beat }, urgent)
      if (result === "revoked") connection.close(CLOSE.notSignedIn, "signed out")
      else connection.send({ type: "ack", seq: beat.seq, now: clock.now() })
    } catch (error) {
      if (!(error instanceof Refusal)) log.error({ err: error }, "a beat could not be stored")
      const { code, message } = error instanceof Refusal ? error : BROKEN
      connection.send({ type: "refused", code, message })
    }
  }

  /** Not before its last beat is stored: that would bring back a device that is gone. */
  const end = async (of: Session): Promise<void> => {
    await live.beats.flush()
    await of.stored
    const { accountId, deviceId, bootId, seq } = of
    await store.run("endDevice", { accountId, deviceId, bootId, seq }, clock.now())
  }

  return {
    take: async (frame, connection) => {
      const parsed = agentFrame.safeParse(frame)
      if (!parsed.success) return connection.close(CLOSE.badFrame, "not a frame of this socket")
      const said = parsed.data
      if (said.type === "hello") {
        if (session !== null) return connection.close(CLOSE.badFrame, "hello twice")
        try {
          await hello(said, connection)
        } catch (error) {
          refuseHello(error, connection)
        }
        return
      }
      if (session === null) return connection.close(CLOSE.badFrame, "say hello first")
      if (said.type === "look") return look(session, said.conversation, connection)
      if (said.type === "typing") return typing(session, said.conversation, said.on)
      if (session.role !== "device") return connection.close(CLOSE.badFrame, "a screen carries no beats")
      const { type: _, ...beat } = said
      session.stored = carry(session, beat, connection)
    },
    gone: (theirs) => {
      if (session === null) return
      for (const leave of session.leave) leave()
      session.looking?.()
      if (session.typesIn !== null) typing(session, session.typesIn, false)
      const ended = session
      const { deviceId } = ended
      const others = carriersOf(live.carriers, deviceId)
      const carried = others.delete(self)
      if (others.size > 0) return
      live.carriers.delete(deviceId)
      // A device that we sent away is silent until it is back, and has not gone.
      if (!theirs || !carried) return
      end(ended).catch((error: unknown) => {
        log.warn({ err: error, device: deviceId }, "the end of a device could not be stored")
      })
    },
  }
}

const BROKEN = new Refusal("store-unavailable", "the beat could not be stored")

const carriersOf = (carriers: Carriers, deviceId: DeviceId): Set<object> => {
  const found = carriers.get(deviceId) ?? new Set()
  carriers.set(deviceId, found)
  return found
}

/** Number of the account's last event, and up to which they were swept. */
const lastEventOf = async (
  { store, clock }: House,
  accountId: AccountId,
): Promise<{ last: number; sweptTo: number }> => {
  const { cursor: last, sweptTo } = await store.run(
    "readEvents",
    { accountId, after: Number.MAX_SAFE_INTEGER, limit: 1 },
    clock.now(),
  )
  return { last, sweptTo }
}

/** "Try again later" (IANA registry of close codes): the store does not answer just now. */
const TRY_LATER = 1013

const refuseHello = (error: unknown, connection: Pushes): void => {
  if (!(error instanceof Refusal)) throw error
  connection.send({ type: "refused", code: error.code, message: error.message })
  if (error.code === "not-signed-in" || error.code === "not-found")
    connection.close(CLOSE.notSignedIn, "not signed in")
  else connection.close(TRY_LATER, error.code)
}
