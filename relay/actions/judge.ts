import type { ConversationId } from "../../shared/words/ids.ts"
import type { Reason } from "../../shared/words/reasons.ts"
import type { Millis } from "../../shared/words/time.ts"
import { foldedUntil } from "../rules/offline-notice.ts"
import { type Judgement, judgeRecipients } from "../rules/recipients.ts"
import { sitesOfAccount } from "../store/accounts.ts"
import { endBatches, saveConversation } from "../store/conversations.ts"
import { emitAll } from "../store/events.ts"
import { coverAll, uncoveredIn } from "../store/messages.ts"
import { asRoot, enqueueAll, type NewDelivery, noticesAbout } from "../store/outbox.ts"
import { mailDomain } from "../store/relays.ts"
import { replyTokens } from "../store/reply-tokens.ts"
import type { Tx } from "../store/store.ts"
import type { ConversationRow } from "../store/tables.ts"
import { type Decided, type NewVerdict, saveAllVerdicts, saveVerdicts } from "../store/verdicts.ts"
import { visitorsOf } from "../store/visitors.ts"
import { refreshBatch } from "./batch.ts"
import { type Case, holderOf, writeNotice } from "./notice.ts"
import { asAddressee, audienceOf, audienceRowOf, liveGroup, type People } from "./people.ts"

/** Who gets the notice of a conversation of this group at this moment, and who not. */
const judgementFor = (people: People, conversation: ConversationRow): Judgement => {
  const { account } = people
  const group = liveGroup(people, conversation.group_id)
  const source = group?.inbox_address ? group : account
  return judgeRecipients({
    audience: audienceOf(people, conversation.group_id).map(asAddressee),
    admins: people.agents.filter((agent) => agent.role === "admin" && agent.active === 1).map(asAddressee),
    account: { notices: account.offline_notices === 1, noticesAt: account.offline_notices_at },
    inbox: source.inbox_address === null ? null : { address: source.inbox_address, mode: source.inbox_mode },
  })
}

/** The hour's mails are used up: the due time moves to when the hour allows. */
const fold = async (
  tx: Tx,
  people: People,
  { conversation, messages }: Case,
  untilAt: Millis,
): Promise<void> => {
  const { account } = people
  await saveConversation(tx, account.id, conversation.id, { not_before: untilAt })
  const audience = await audienceRowOf(tx, people, conversation.group_id)
  await refreshBatch(tx, people, audience, { ...conversation, not_before: untilAt })
  const reason: Reason = { code: "folded", untilAt }
  await saveVerdicts(
    tx,
    account.id,
    conversation.id,
    messages.map((message) => message.seq),
    audienceOf(people, conversation.group_id).map((agent) => ({ agentId: agent.id, reason })),
  )
}

/** The facts of the batches, read for all of them at once. */
const loadCases = async (
  tx: Tx,
  people: People,
  conversations: readonly ConversationRow[],
): Promise<Case[]> => {
  const { account } = people
  const messages = Map.groupBy(
    await uncoveredIn(
      tx,
      account.id,
      conversations.map((one) => one.id),
    ),
    (message) => message.conversation_id,
  )
  const sites = await sitesOfAccount(tx, account.id)
  const visitors = await visitorsOf(
    tx,
    account.id,
    conversations.map((one) => one.visitor_id),
  )
  const visitorById = new Map(visitors.map((visitor) => [visitor.id, visitor]))
  return conversations.map((conversation) => {
    const site = sites.find((one) => one.id === conversation.site_id)
    const visitor = visitorById.get(conversation.visitor_id)
    if (!site || !visitor) throw new Error(`conversation ${conversation.id} has lost its site or visitor`)
    return { conversation, messages: messages.get(conversation.id) ?? [], site, visitor }
  })
}

/** Until when each conversation is folded, if it is, and the thread that its mails to an address follow. */
const loadThreads = async (tx: Tx, people: People, ids: readonly ConversationId[]) => {
  const notices = Map.groupBy(
    await noticesAbout(tx, people.account.id, ids),
    (mail) => `${mail.conversation_id} ${mail.to_address}`,
  )
  const sent = (id: ConversationId, address: string) => notices.get(`${id} ${address}`) ?? []
  return {
    foldedUntil: (id: ConversationId, addresses: readonly string[]): Millis | null => {
      const untils = addresses.map((address) =>
        foldedUntil(
          sent(id, address).map((mail) => mail.created_at),
          tx.now,
        ),
      )
      const until = Math.max(...untils.map((at) => at ?? Number.NEGATIVE_INFINITY))
      return Number.isFinite(until) ? until : null
    },
    root: (id: ConversationId, address: string) => {
      const [first] = sent(id, address)
      return first ? asRoot(first) : null
    },
  }
}

/**
 * Judges batches that are due: with the audience, switches and addresses of this moment each is mailed, or
 * withheld for good if nobody remains; or, where the hour's mails are used up, its due time moves.
 * Messages are claimed and mails queued in this one transaction, with the same few statements however many
 * batches there are.
 */
export const judgeBatches = async (
  tx: Tx,
  people: People,
  conversations: readonly ConversationRow[],
): Promise<void> => {
  const { account } = people
  const cases = await loadCases(tx, people, conversations)
  const threads = await loadThreads(
    tx,
    people,
    conversations.map((one) => one.id),
  )

  const judged: { of: Case; judgement: Judgement }[] = []
  for (const of of cases) {
    const judgement = judgementFor(people, of.conversation)
    const until = threads.foldedUntil(
      of.conversation.id,
      judgement.recipients.map((one) => one.address),
    )
    if (until === null) judged.push({ of, judgement })
    else await fold(tx, people, of, until)
  }

  const notices = judged.flatMap(({ of, judgement }) =>
    judgement.recipients.map((recipient) => ({ of, recipient })),
  )
  const tokens = await replyTokens(
    tx,
    account.id,
    notices.map(({ of, recipient }) => holderOf(people, of, recipient)),
  )
  const domain = await mailDomain(tx)
  const mails: NewDelivery[] = []
  const sentTo = new Map<ConversationId, NewVerdict[]>()
  for (const [index, { of, recipient }] of notices.entries()) {
    const { id } = of.conversation
    const root = threads.root(id, recipient.address)
    const written = writeNotice(tx, people, of, recipient, {
      replyToken: tokens[index]!,
      root,
      mailDomain: domain,
    })
    mails.push(written.mail)
    sentTo.set(id, [...(sentTo.get(id) ?? []), ...written.verdicts])
  }
  await enqueueAll(tx, mails)

  const decided = judged.map(({ of, judgement }): Decided => {
    const nowhere = judgement.recipients.length === 0 && judgement.withheld.length === 0
    const verdicts = nowhere
      ? people.agents.map((agent): NewVerdict => ({ agentId: agent.id, reason: { code: "no-destination" } }))
      : judgement.withheld.map(({ agent, reason }): NewVerdict => ({ agentId: agent.id, reason }))
    return {
      conversationId: of.conversation.id,
      seqs: of.messages.map((message) => message.seq),
      verdicts: [...verdicts, ...(sentTo.get(of.conversation.id) ?? [])],
    }
  })
  await saveAllVerdicts(tx, account.id, decided)

  const idsWhere = (mailed: boolean): ConversationId[] =>
    judged
      .filter(({ judgement }) => judgement.recipients.length > 0 === mailed)
      .map(({ of }) => of.conversation.id)
  await coverAll(tx, account.id, idsWhere(true), "mailed")
  await coverAll(tx, account.id, idsWhere(false), "withheld")
  await endBatches(
    tx,
    account.id,
    judged.map(({ of }) => of.conversation.id),
  )
  await emitAll(
    tx,
    account.id,
    judged.map(({ of: { conversation } }) => ({
      kind: "conversation",
      conversationId: conversation.id,
      state: conversation.state,
      why: "covered",
    })),
  )
}
