import type { Notices } from "../../shared/desk/notices.ts"
import type { ConversationId } from "../../shared/words/ids.ts"
import { isId } from "../../shared/words/ids.ts"
import { browser } from "./browser.ts"
import type { ToolbarSay } from "./words.ts"

/** Shows and takes away desktop notifications, one a conversation, whose id is the conversation's. */
export const applyNotices = async (
  { show, clear }: Pick<Notices, "show" | "clear">,
  say: ToolbarSay,
): Promise<void> => {
  await Promise.all([
    ...show.map((conversation) =>
      browser.notifications.create(conversation.id, {
        type: "basic",
        iconUrl: browser.runtime.getURL("/icon/128.png"),
        title: say("notice.title", {
          visitor: conversation.visitor || say("waiting.unnamed"),
          site: conversation.site,
        }),
        message: conversation.excerpt,
      }),
    ),
    ...clear.map((id) => browser.notifications.clear(id)),
  ])
}

/** A click opens the desk at the conversation. */
export const onNoticeClicked = (open: (conversation: ConversationId) => void): void =>
  browser.notifications.onClicked.addListener((id) => {
    if (!isId("conversation", id)) return
    void browser.notifications.clear(id)
    open(id)
  })
