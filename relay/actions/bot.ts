import { busyText } from "../../shared/i18n/box/bot.ts"
import type { Language } from "../../shared/words/nouns.ts"
import type { Millis } from "../../shared/words/time.ts"
import { botDueAt } from "../rules/busy.ts"
import { type OfAudience, saveConversation, unansweredIn } from "../store/conversations.ts"
import type { Tx } from "../store/store.ts"
import type { ConversationRow, VisitorRow } from "../store/tables-conversations.ts"
import type { AccountRow, AudienceRow } from "../store/tables-people.ts"
import { findSite, findVisitor } from "../store/visitors.ts"
import { audienceRowOf, type People } from "./people.ts"
import { postMessage } from "./post.ts"

/** The "we're busy" bot. It is no agent: what it says opens, joins, answers and covers nothing. */

const dueOf = (conversation: ConversationRow, visitorHere: boolean, busy: boolean): Millis | null =>
  botDueAt({
    state: conversation.state,
    unansweredAt: conversation.unanswered_at,
    spokeAt: conversation.bot_at,
    visitorHere,
    busy,
  })

const saveDue = async (tx: Tx, conversation: ConversationRow, due: Millis | null): Promise<void> => {
  if (due === conversation.bot_due_at) return
  await saveConversation(tx, conversation.account_id, conversation.id, { bot_due_at: due })
  conversation.bot_due_at = due
}

/** The bot has nothing to say any more: somebody took the conversation, or answered. */
export const quietBot = (tx: Tx, conversation: ConversationRow): Promise<void> =>
  saveDue(tx, conversation, null)

/** Notes when the bot is to speak, after the visitor wrote or came back, or the conversation was handed back. */
export const planBot = async (
  tx: Tx,
  conversation: ConversationRow,
  visitor: Pick<VisitorRow, "closed_at">,
  audience: AudienceRow,
): Promise<void> =>
  saveDue(tx, conversation, dueOf(conversation, visitor.closed_at === null, audience.busy === 1))

/** Everybody there has become busy: the bot is to speak to whoever waits already, as soon as it may. */
export const wakeBot = async (tx: Tx, people: People, of: OfAudience): Promise<void> => {
  for (const conversation of await unansweredIn(tx, people.account.id, of)) {
    await saveDue(tx, conversation, dueOf(conversation, true, true))
  }
}

const textFor = (account: AccountRow, language: Language): string => {
  const texts = JSON.parse(account.busy_texts ?? "{}") as Partial<Record<Language, string>>
  return texts[language] || busyText(language)
}

/** The bot's time has come: it speaks if everybody who is there is still busy; else it waits for that. */
export const letBotLook = async (tx: Tx, people: People, conversation: ConversationRow): Promise<void> => {
  const { account } = people
  await quietBot(tx, conversation)
  const audience = await audienceRowOf(tx, people, conversation.group_id)
  const visitor = await findVisitor(tx, account.id, conversation.visitor_id)
  if (!visitor || dueOf(conversation, visitor.closed_at === null, audience.busy === 1) === null) return
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
