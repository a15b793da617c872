import { badgeOf } from "../rules/badge.ts"
import { browser } from "./browser.ts"
import type { Kept } from "./storage.ts"
import { languageOf, type ToolbarSay, toolbarWords } from "./words.ts"

type Look = ReturnType<typeof badgeOf>

const ICONS = {
  on: { 16: "/icon/16.png", 32: "/icon/32.png" },
  busy: { 16: "/icon/busy/16.png", 32: "/icon/busy/32.png" },
  off: { 16: "/icon/off/16.png", 32: "/icon/off/32.png" },
}

/** Badge, icon and tooltip, as the rule says; only what is different from the last time is set. */
export const createBadge = (): ((kept: Kept) => Promise<void>) => {
  let shown = ""
  return async ({ session, connection, toolbar }) => {
    const look = badgeOf({ signedIn: session !== null, connection, toolbar })
    const title = titleOf(look, toolbarWords(languageOf(toolbar)))
    const now = JSON.stringify([look, title])
    if (now === shown) return
    shown = now
    await Promise.all([
      browser.action.setBadgeText({ text: look.text }),
      browser.action.setBadgeBackgroundColor({ color: look.colour }),
      browser.action.setBadgeTextColor({ color: look.ink }),
      browser.action.setIcon({ path: ICONS[look.icon] }),
      browser.action.setTitle({ title }),
    ])
  }
}

const titleOf = ({ title }: Look, say: ToolbarSay): string => {
  switch (title.code) {
    case "signed-out":
      return say("badge.signedOut")
    case "lost":
      return say("badge.lost")
    case "connecting":
      return say("badge.connecting")
    case "shown": {
      const light = title.online
        ? say(title.intent === "busy" ? "badge.busy" : "badge.on")
        : say(title.intent === "unavailable" ? "badge.unavailable" : "badge.off")
      return title.waiting === 0 ? light : `${light}\n${say("waiting.count", { count: title.waiting })}`
    }
  }
}
