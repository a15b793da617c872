import type {
  ConversationSummary,
  ConversationView,
  DeliveryView,
  SettingsView,
  ToolbarState,
} from "../../shared/protocol/views.ts"
import { type Look, PLAIN_LOOK } from "../../shared/words/look.ts"
import type { MailKind } from "../../shared/words/nouns.ts"
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
  /** Anna's, who is the admin. */
  token: string
  /** Anna is there or not; resolves when the relay has taken it. */
  setLight: (on: boolean) => Promise<void>
  /** Anna answers in the conversation that has this message of a visitor. */
  answer: (to: string, text: string) => Promise<void>
  /** The conversation that has this message. */
  conversation: (text: string) => Promise<ConversationView>
  /** How the site's box looks and what it offers, from the next page on. */
  setBox: (box: Partial<Look> & { rates?: boolean; transcripts?: boolean }) => Promise<void>
  /** Which pages may show the box; gives those before. */
  setOrigins: (origins: string[]) => Promise<string[]>
  /** A new key that the site's server signs with. */
  identityKey: () => Promise<string>
  /** Anna closes the conversation that has this message. */
  end: (text: string) => Promise<void>
  /** Mails of this kind, as the relay captured them, newest first. */
  mails: (kind: MailKind) => Promise<DeliveryView[]>
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
    token: anna.token,
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
    setBox: async ({ rates = false, transcripts = false, ...look }) => {
      const { sites } = await api<SettingsView>(anna, "GET", "/api/settings")
      const body = { look: { ...PLAIN_LOOK, ...look }, rates, transcripts }
      await api(anna, "PUT", `/api/sites/${sites[0]!.id}/box`, body)
    },
    setOrigins: async (origins) => {
      const { sites } = await api<SettingsView>(anna, "GET", "/api/settings")
      await api(anna, "PATCH", `/api/sites/${sites[0]!.id}`, { origins })
      return sites[0]!.origins
    },
    identityKey: async () => {
      const { sites } = await api<SettingsView>(anna, "GET", "/api/settings")
      return (await api<{ key: string }>(anna, "POST", `/api/sites/${sites[0]!.id}/identity-key`)).key
    },
    end: async (text) => {
      const { id } = await conversation(text)
      await api(anna, "POST", `/api/conversations/${id}/close`)
    },
    mails: async (kind) => {
      const { mails } = await api<{ mails: DeliveryView[] }>(anna, "GET", "/api/queue")
      return mails.filter((mail) => mail.kind === kind)
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
