import type { ConversationId } from "../../shared/words/ids.ts"
import { browser } from "./browser.ts"
import type { DeskCall, DeskHere } from "./messages.ts"

const deskUrl = (conversation: ConversationId | null): string =>
  browser.runtime.getURL(`/desk.html${conversation === null ? "" : `#/c/${conversation}`}`)

/** Brings the desk forward, at a conversation if one is named: an open tab of it, else a new one. */
export const openDesk = async (conversation: ConversationId | null): Promise<void> => {
  const here = await findDesk()
  if (here === null) {
    await browser.tabs.create({ url: deskUrl(conversation) })
    return
  }
  // The same page with another fragment: the desk goes there without being loaded again.
  await browser.tabs.update(here.tabId, {
    active: true,
    ...(conversation === null ? {} : { url: deskUrl(conversation) }),
  })
  await browser.windows.update(here.windowId, { focused: true })
}

/** An open desk tab answers for itself, so that no permission to see tabs is needed. */
const findDesk = async (): Promise<DeskHere | null> => {
  try {
    const here: DeskHere | null | undefined = await browser.runtime.sendMessage({
      type: "desk-here",
    } satisfies DeskCall)
    return here ?? null
  } catch {
    // "Receiving end does not exist": no page of ours is open.
    return null
  }
}

/** In a desk tab: answers the background's call. A side panel has no tab and keeps silent. */
export const answerDeskCalls = (): void =>
  browser.runtime.onMessage.addListener((message: unknown) =>
    (message as DeskCall | null)?.type === "desk-here" ? whereAmI() : undefined,
  )

const whereAmI = async (): Promise<DeskHere | null> => {
  const tab = await browser.tabs.getCurrent()
  return tab?.id === undefined || tab.windowId === undefined
    ? null
    : { tabId: tab.id, windowId: tab.windowId }
}
