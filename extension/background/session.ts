import { caller } from "../../shared/desk/http-port.ts"
import { type IntentNow, type IntentWish, Unreachable } from "../../shared/desk/port.ts"
import type { ToolbarState } from "../../shared/protocol/views.ts"
import { Refusal } from "../../shared/words/refusals.ts"
import { deviceLabel } from "../rules/device-label.ts"
import type { Session } from "../rules/saved.ts"
import { browser } from "./browser.ts"
import type { Answer } from "./messages.ts"

/** What the background asks of a relay over HTTP; each call has a timeout (see `caller`). */

export const askCode = (relay: string, address: string): Promise<void> =>
  caller({ relay, token: null }).nothing("POST", "/api/sign-in/code", { address })

/** Signs this browser in as a device of the agent; with what the toolbar shows from now on. */
export const signIn = async (
  relay: string,
  address: string,
  code: string,
): Promise<{ session: Session; toolbar: ToolbarState }> => {
  const { os } = await browser.runtime.getPlatformInfo()
  const device = { kind: "extension", label: deviceLabel(navigator.userAgent, os) }
  const { token } = await caller({ relay, token: null }).json<{ token: string }>("POST", "/api/sign-in", {
    address,
    code,
    device,
  })
  const toolbar = await readToolbar({ relay, token })
  const session = {
    relay,
    token,
    agentId: toolbar.me.id,
    deviceId: toolbar.device,
    address: toolbar.me.address,
  }
  return { session, toolbar }
}

type Caller = Pick<Session, "relay" | "token">

export const readToolbar = (session: Caller): Promise<ToolbarState> =>
  caller(session).json<ToolbarState>("GET", "/api/toolbar")

/** Refusal `stale` when it was changed meanwhile; its facts carry the current value. */
export const setIntent = (session: Caller, wish: IntentWish, version: number): Promise<IntentNow> =>
  caller(session).json<IntentNow>("PUT", "/api/me/intent", { ...wish, version })

/** Stays open by oneself while office hours are closed, or no longer. */
export const setOverride = (session: Caller, on: boolean): Promise<void> =>
  caller(session).nothing("PUT", "/api/me/override", { on })

export const signOut = (session: Caller, unavailable: boolean): Promise<void> =>
  caller(session).nothing("POST", "/api/sign-out", { unavailable })

/** An answer for a page instead of an exception; what is neither refusal nor silence is a mistake of ours. */
export const answered = async (work: () => Promise<unknown>): Promise<Answer> => {
  try {
    await work()
    return { ok: true }
  } catch (error) {
    if (error instanceof Refusal) {
      const { code, message, facts } = error
      return { ok: false, problem: { kind: "refused", code, message, facts } }
    }
    if (error instanceof Unreachable) return { ok: false, problem: { kind: "unreachable", why: error.why } }
    throw error
  }
}

export const isSignedOut = (error: unknown): boolean =>
  error instanceof Refusal && error.code === "not-signed-in"

/** The current value that a stale write was refused with. */
export const currentIntent = (error: unknown): IntentNow | null =>
  error instanceof Refusal && error.code === "stale" ? (error.facts as unknown as IntentNow) : null
