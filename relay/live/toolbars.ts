import type { AgentEvent, ToolbarState } from "../../shared/protocol/views.ts"
import type { AccountId, AgentId, DeviceId } from "../../shared/words/ids.ts"
import { type Millis, SECOND } from "../../shared/words/time.ts"
import type { House } from "../house.ts"

/** A socket whose badge and popup are kept up to date. */
export interface ToolbarScreen {
  agentId: AgentId
  deviceId: DeviceId
  /** `team`: that is not what this screen was told last. */
  show(toolbar: ToolbarState, changed: { team: boolean }): void
}

/**
 * Keeps the toolbars of an account's connected agents current: after something happened they are read anew,
 * all together and at most once per 50 ms, and sent to those for whom something changed.
 */
export interface Toolbars {
  /** `shown` is what the screen has, as `readToolbars` gave it. Returns how to end it. */
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
/** Toolbars that are read at once: what else is asked of the store comes in between. */
const AT_ONCE = 100

/** What a screen has, to be compared; of the team, all screens of an account have the same text. */
interface Print {
  own: string
  team: string
}

interface Account {
  screens: Map<ToolbarScreen, Print>
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
    for (let from = 0; from < screens.length && !stopped; from += AT_ONCE)
      await readSome(accountId, account, screens.slice(from, from + AT_ONCE))
  }

  const readSome = async (
    accountId: AccountId,
    account: Account,
    screens: ToolbarScreen[],
  ): Promise<void> => {
    const who = screens.map(({ agentId, deviceId }) => ({ agentId, deviceId }))
    const toolbars = await store.run("readToolbars", { accountId, who }, clock.now(), "reading")
    const team = JSON.stringify(toolbars[0]?.team)
    screens.forEach((screen, i) => {
      const toolbar = toolbars[i]
      const shown = account.screens.get(screen)
      if (toolbar === undefined || shown === undefined) return
      const print = { own: ownPrint(toolbar), team: team === shown.team ? shown.team : team }
      if (print.own === shown.own && print.team === shown.team) return
      account.screens.set(screen, print)
      screen.show(toolbar, { team: print.team !== shown.team })
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
      account.screens.set(screen, { own: ownPrint(shown), team: JSON.stringify(shown.team) })
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

/** The same in two toolbars that show the same besides the team; the moment they were read at is no difference. */
const ownPrint = ({ now: _, team: __, ...own }: ToolbarState): string => JSON.stringify(own)
