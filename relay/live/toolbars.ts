import type { AgentEvent, ToolbarState } from "../../shared/protocol/views.ts"
import type { AccountId, AgentId, DeviceId } from "../../shared/words/ids.ts"
import { type Millis, SECOND } from "../../shared/words/time.ts"
import type { House } from "../house.ts"

/** A socket whose badge and popup are kept up to date. */
export interface ToolbarScreen {
  agentId: AgentId
  deviceId: DeviceId
  show(toolbar: ToolbarState): void
}

/**
 * Keeps the toolbars of an account's connected agents current: after something happened they are read anew,
 * all together and at most once per 50 ms, and sent to those for whom something changed.
 */
export interface Toolbars {
  /** `shown` is what the screen has. Returns how to end it. */
  join(accountId: AccountId, screen: ToolbarScreen, shown: ToolbarState): () => void
  /** Something happened that a toolbar may show. */
  changed(accountId: AccountId): void
  stop(): void
}

/** Least time between two readings for one account. */
const EVERY: Millis = 50
/** A reading that takes long is done less often: it gets at most this share of the time. */
const SHARE = 4
const PAUSE: Millis = SECOND

interface Account {
  screens: Map<ToolbarScreen, string>
  dirty: boolean
  busy: boolean
}

/** Whether an event can change what a toolbar shows. */
export const changesToolbar = (event: AgentEvent): boolean => event.kind !== "visitor"

export const createToolbars = ({ store, clock, log }: Pick<House, "store" | "clock" | "log">): Toolbars => {
  const accounts = new Map<AccountId, Account>()
  const timers = new Set<ReturnType<typeof setTimeout>>()
  let stopped = false

  const later = (ms: Millis, then: () => void): void => {
    const timer = setTimeout(() => {
      timers.delete(timer)
      then()
    }, ms)
    timers.add(timer)
  }

  const read = async (accountId: AccountId, account: Account): Promise<void> => {
    account.dirty = false
    const screens = [...account.screens.keys()]
    const who = screens.map(({ agentId, deviceId }) => ({ agentId, deviceId }))
    const toolbars = await store.run("readToolbars", { accountId, who }, clock.now())
    screens.forEach((screen, i) => {
      const toolbar = toolbars[i]
      if (toolbar === undefined || !account.screens.has(screen)) return
      const print = fingerprint(toolbar)
      if (account.screens.get(screen) === print) return
      account.screens.set(screen, print)
      screen.show(toolbar)
    })
  }

  const refresh = async (accountId: AccountId, account: Account): Promise<void> => {
    if (account.busy || stopped) return
    account.busy = true
    const started = performance.now()
    let pause = PAUSE
    try {
      await read(accountId, account)
      pause = Math.max(EVERY, (performance.now() - started) * SHARE)
    } catch (error) {
      account.dirty = true
      log.warn({ err: error, account: accountId }, "toolbars could not be read; trying again")
    }
    if (stopped) return
    later(pause, () => {
      account.busy = false
      if (account.dirty && account.screens.size > 0) void refresh(accountId, account)
    })
  }

  return {
    join: (accountId, screen, shown) => {
      const account = accounts.get(accountId) ?? { screens: new Map(), dirty: false, busy: false }
      accounts.set(accountId, account)
      account.screens.set(screen, fingerprint(shown))
      return () => {
        account.screens.delete(screen)
        if (account.screens.size === 0) accounts.delete(accountId)
      }
    },
    changed: (accountId) => {
      const account = accounts.get(accountId)
      if (account === undefined) return
      account.dirty = true
      void refresh(accountId, account)
    },
    stop: () => {
      stopped = true
      for (const timer of timers) clearTimeout(timer)
    },
  }
}

/** Two toolbars with the same print show the same; the moment they were read at is no difference. */
const fingerprint = ({ now: _, ...rest }: ToolbarState): string => JSON.stringify(rest)
