import type { ConversationSummary, ConversationView, ToolbarState } from "../../shared/protocol/views.ts"
import { api } from "../kit/api.ts"
import { buildPages } from "../kit/built-pages.ts"
import { startRelay } from "../kit/relay.ts"
import { until } from "../kit/until.ts"

/** A relay with one site and one agent, who is moved by what a chat box's tests need. */
export interface BoxHouse {
  url: string
  /** Folder of the built pages. */
  pages: string
  siteKey: string
  siteName: string
  /** Anna is there or not; resolves when the relay has taken it. */
  setLight: (on: boolean) => Promise<void>
  /** Anna answers in the conversation that has this message of a visitor. */
  answer: (to: string, text: string) => Promise<void>
  /** The conversation that has this message. */
  conversation: (text: string) => Promise<ConversationView>
  /** How often a message with this text is stored. */
  count: (text: string) => Promise<number>
  close: () => Promise<void>
}

export const startBoxHouse = async (): Promise<BoxHouse> => {
  const pages = await buildPages()
  const relay = await startRelay({ pages: pages.folder })
  const { siteKey } = await relay.setUp()
  const anna = { url: relay.url, token: await relay.signIn() }
  let seq = 0
  let keys = 0

  const conversations = async (): Promise<ConversationView[]> => {
    const list = await api<{ conversations: ConversationSummary[] }>(
      anna,
      "GET",
      "/api/conversations?list=all&limit=100",
    )
    return Promise.all(
      list.conversations.map(({ id }) => api<ConversationView>(anna, "GET", `/api/conversations/${id}`)),
    )
  }

  const conversation = (text: string): Promise<ConversationView> =>
    until(`a conversation with “${text}”`, async () =>
      (await conversations()).find(({ messages }) => messages.some((message) => message.text === text)),
    )

  return {
    url: relay.url,
    pages: pages.folder,
    siteKey,
    siteName: "Lamplight",
    setLight: async (on) => {
      const beat = { bootId: "boot-of-test", seq: seq++, state: "active", intervalMs: 60_000 }
      await api(anna, "POST", "/api/beat", beat)
      const { me } = await api<ToolbarState>(anna, "GET", "/api/toolbar")
      const intent = on ? "available" : "unavailable"
      if (me.intent !== intent) {
        await api(anna, "PUT", "/api/me/intent", { intent, version: me.intentVersion })
      }
    },
    answer: async (to, text) => {
      const { id } = await conversation(to)
      await api(anna, "POST", `/api/conversations/${id}/answer`, { key: `answer-${keys++}-key`, text })
    },
    conversation,
    count: async (text) =>
      (await conversations())
        .flatMap(({ messages }) => messages)
        .filter((message) => message.author === "visitor" && message.text === text).length,
    close: async () => {
      await relay.stop()
      await pages.remove()
    },
  }
}
