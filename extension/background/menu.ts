import { INTENTS, type Intent } from "../../shared/words/nouns.ts"
import { browser } from "./browser.ts"
import type { Kept } from "./storage.ts"
import { languageOf, type ToolbarSay, toolbarWords } from "./words.ts"

/** The toolbar icon's own menu: the status and the way to the desk, without the popup. */

const OPEN_DESK = "open-desk"
const NEXT = "status-next"
const itemOf = (intent: Intent): string => `status-${intent}`

const labelOf = (intent: Intent, say: ToolbarSay): string => say(`intent.${intent}`)

/** Keeps the menu like the state; made anew only when language or signing in changed. */
export const createMenu = (): ((kept: Kept) => Promise<void>) => {
  let made = ""
  let chosen: Intent | null = null
  return async ({ session, toolbar }) => {
    const language = languageOf(toolbar)
    const kind = `${language} ${session !== null}`
    const intent = toolbar?.me.intent ?? null
    if (kind === made && intent === chosen) return
    if (kind !== made) {
      made = kind
      await make(toolbarWords(language), session !== null, intent)
    } else if (intent !== null) {
      await browser.contextMenus.update(itemOf(intent), { checked: true })
    }
    chosen = intent
  }
}

const make = async (say: ToolbarSay, signedIn: boolean, intent: Intent | null): Promise<void> => {
  await browser.contextMenus.removeAll()
  if (!signedIn) return
  for (const each of INTENTS) {
    browser.contextMenus.create({
      id: itemOf(each),
      type: "radio",
      title: labelOf(each, say),
      checked: each === intent,
      contexts: ["action"],
    })
  }
  browser.contextMenus.create({ id: OPEN_DESK, title: say("desk.open"), contexts: ["action"] })
}

export interface Shortcuts {
  intent(intent: Intent): void
  next(): void
  desk(): void
}

/** The menu's items and the keyboard's commands do the same; to be called synchronously at start. */
export const onShortcut = (shortcuts: Shortcuts): void => {
  const run = (id: string): void => {
    const intent = INTENTS.find((each) => itemOf(each) === id)
    if (intent !== undefined) shortcuts.intent(intent)
    else if (id === NEXT) shortcuts.next()
    else if (id === OPEN_DESK) shortcuts.desk()
  }
  browser.contextMenus.onClicked.addListener((info) => run(String(info.menuItemId)))
  browser.commands.onCommand.addListener(run)
}
