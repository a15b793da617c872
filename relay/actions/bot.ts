import { busyText } from "../../shared/i18n/box/bot.ts"
import type { GroupId } from "../../shared/words/ids.ts"
import type { Language } from "../../shared/words/nouns.ts"
import type { Millis } from "../../shared/words/time.ts"
import { botDueAt } from "../rules/busy.ts"
import { saveConversation, unansweredIn } from "../store/conversations.ts"
import type { Tx } from "../store/store.ts"
import type { AccountRow, ConversationRow } from "../store/tables.ts"
import { findSite } from "../store/visitors.ts"
import { audienceRowOf, type People } from "./people.ts"
import { postMessage } from "./post.ts"

/** The "we're busy" bot. It is no agent: what it says opens, joins, answers and covers nothing. */

const dueOf = (conversation: ConversationRow): Millis | null =>
  botDueAt({
    state: conversation.state,
    unansweredAt: conversation.unanswered_at,
    spokeAt: conversation.bot_at,
  })

/** Notes when the bot is to look at a conversation, after something changed in it. */
export const planBot = async (tx: Tx, conversation: ConversationRow): Promise<void> => {
  const due = dueOf(conversation)
  if (due === conversation.bot_due_at) return
  await saveConversation(tx, conversation.account_id, conversation.id, { bot_due_at: due })
  conversation.bot_due_at = due
}

/** Everybody there has become busy: the bot looks at whoever waits already, as soon as it may. */
export const wakeBot = async (
  tx: Tx,
  people: People,
  groups: readonly (GroupId | "")[],
  at: Millis,
): Promise<void> => {
  for (const conversation of await unansweredIn(tx, people.account.id, groups)) {
    const due = dueOf(conversation)
    if (due === null) continue
    await saveConversation(tx, people.account.id, conversation.id, { bot_due_at: Math.max(due, at) })
  }
}

const textFor = (account: AccountRow, language: Language): string => {
  const texts = JSON.parse(account.busy_texts ?? "{}") as Partial<Record<Language, string>>
  return texts[language] || busyText(language)
}

/** The bot's time has come: it speaks if everybody who is there is busy; else it waits for that. */
export const letBotLook = async (tx: Tx, people: People, conversation: ConversationRow): Promise<void> => {
  const { account } = people
  await saveConversation(tx, account.id, conversation.id, { bot_due_at: null })
  if (dueOf(conversation) === null) return
  const audience = await audienceRowOf(tx, people, conversation.group_id)
  if (audience.busy === 0) return
  const site = await findSite(tx, account.id, conversation.site_id)
  if (!site) throw new Error(`conversation ${conversation.id} has lost its site`)
  await saveConversation(tx, account.id, conversation.id, { bot_at: tx.now })
  await postMessage(tx, account, people.agents, conversation, {
    author: "bot",
    agentId: null,
    channel: "chat",
    text: textFor(account, site.language),
    key: null,
  })
}
