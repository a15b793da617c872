import type { AccountId, ConversationId, DeviceId, GroupId } from "../../shared/words/ids.ts"
import type { NoticeKind } from "../../shared/words/nouns.ts"
import type { Reason } from "../../shared/words/reasons.ts"
import type { Millis } from "../../shared/words/time.ts"
import { keepsFailing } from "../rules/destination-health.ts"
import { foldedUntil } from "../rules/offline-notice.ts"
import { showsFrom } from "../rules/presence.ts"
import { type Fallback, type Judgement, judgeRecipients } from "../rules/recipients.ts"
import { sitesOfAccount } from "../store/accounts.ts"
import { filesOfConversations } from "../store/attachments.ts"
import { endBatches, saveConversation } from "../store/conversations.ts"
import { destinationsOf } from "../store/destinations.ts"
import { deviceFacts, endLeases } from "../store/devices.ts"
import { emitAll } from "../store/events.ts"
import { coverAll, uncoveredIn } from "../store/messages.ts"
import { asRoot, enqueueAll, type NewDelivery, noticesAbout } from "../store/outbox.ts"
import { mailDomain } from "../store/relays.ts"
import { replyTokens } from "../store/reply-tokens.ts"
import type { Tx } from "../store/store.ts"
import type { ConversationRow } from "../store/tables-conversations.ts"
import type { AgentRow } from "../store/tables-people.ts"
import { type Decided, type NewVerdict, saveAllVerdicts, saveVerdicts } from "../store/verdicts.ts"
import { visitorsOf } from "../store/visitors.ts"
import { decided, refreshBatch } from "./batch.ts"
import { loadMailSides } from "./mail-sides.ts"
import { type Case, holderOf, writeNotice } from "./notice.ts"
import {
  asAddressee,
  audienceOf,
  audienceRowOf,
  isOpenFor,
  liveGroup,
  loadRedirects,
  type People,
} from "./people.ts"
import { bounceKeys } from "./secrets.ts"

/** Judges who gets the notice of a conversation at this moment, and who not. */
type Judge = (conversation: Pick<ConversationRow, "group_id">, kind: NoticeKind) => Judgement

/** The facts of people and redirects, read once, and the judgement by them. */
export const loadJudge = async (tx: Tx, people: People): Promise<Judge> => {
  const { account } = people
  const redirectOf = await loadRedirects(tx, account)
  const fallbacks = await loadFallbacks(tx, account.id)
  return (conversation, kind) => {
    const group = liveGroup(people, conversation.group_id)
    const inbox = (group && redirectOf("group", group.id)) ?? redirectOf("account", account.id)
    const asFacts = (agent: AgentRow) => asAddressee(agent, kind, redirectOf("agent", agent.id))
    const offline = kind === "offline"
    return judgeRecipients({
      audience: audienceOf(people, conversation.group_id).map(asFacts),
      admins: people.agents.filter((agent) => agent.role === "admin" && agent.active === 1).map(asFacts),
      account: {
        notices: (offline ? account.offline_notices : account.missed_notices) === 1,
        noticesAt: offline ? account.offline_notices_at : account.missed_notices_at,
      },
      inbox: inbox && {
        address: inbox.address,
        mode: inbox.mode,
        setBy: inbox.set_by,
        setAt: inbox.set_at,
      },
      fallbacks,
    })
  }
}

/** Where mail goes besides, for the addresses that keep failing now. */
const loadFallbacks = async (tx: Tx, accountId: AccountId): Promise<Map<string, Fallback>> => {
  const failing = (await destinationsOf(tx, accountId)).filter(keepsFailing)
  return new Map(
    failing.flatMap(({ address, fallback, fallback_by: setBy, fallback_at: setAt }) =>
      fallback === null || setAt === null
        ? []
        : [[address.toLowerCase(), { address: fallback, setBy: setBy ?? "", setAt }] as const],
    ),
  )
}

/** The address whose hour's mails are used up, and until when. */
interface Folded {
  untilAt: Millis
  address: string
}

/** The hour's mails are used up: the due time moves to when the hour allows. */
const fold = async (
  tx: Tx,
  people: People,
  { conversation, messages }: Case,
  { untilAt, address }: Folded,
): Promise<void> => {
  const { account } = people
  await saveConversation(tx, account.id, conversation.id, { not_before: untilAt })
  const audience = await audienceRowOf(tx, people, conversation.group_id)
  await refreshBatch(tx, people, audience, { ...conversation, not_before: untilAt })
  const reason: Reason = { code: "folded", untilAt, address }
  await saveVerdicts(
    tx,
    account.id,
    conversation.id,
    messages.map((message) => message.seq),
    audienceOf(people, conversation.group_id).map((agent) => ({ agentId: agent.id, reason })),
  )
}

/** The facts of the batches, read for all of them at once. */
export const loadCases = async (
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
  const mailSides = await loadMailSides(tx, account.id, conversations)
  const filesOf = Map.groupBy(
    await filesOfConversations(
      tx,
      account.id,
      conversations.map((one) => one.id),
    ),
    (file) => file.conversation_id,
  )
  return conversations.map((conversation) => {
    const site = sites.find((one) => one.id === conversation.site_id)
    const visitor = visitorById.get(conversation.visitor_id)
    if (!site || !visitor) throw new Error(`conversation ${conversation.id} has lost its site or visitor`)
    const mail = mailSides.get(conversation.id) ?? null
    const files = filesOf.get(conversation.id) ?? []
    return { conversation, messages: messages.get(conversation.id) ?? [], site, visitor, mail, files }
  })
}

/** Until when each conversation is folded, if it is, and the thread that its mails to an address follow. */
export const loadThreads = async (tx: Tx, people: People, ids: readonly ConversationId[]) => {
  const notices = Map.groupBy(
    await noticesAbout(tx, people.account.id, ids),
    (mail) => `${mail.conversation_id} ${mail.to_address}`,
  )
  const sent = (id: ConversationId, address: string) => notices.get(`${id} ${address}`) ?? []
  return {
    foldedUntil: (id: ConversationId, addresses: readonly string[]): Folded | null =>
      addresses.reduce<Folded | null>((latest, address) => {
        const sentAt = sent(id, address).map((mail) => mail.created_at)
        const untilAt = foldedUntil(sentAt, tx.now)
        return untilAt === null || (latest && latest.untilAt >= untilAt) ? latest : { untilAt, address }
      }, null),
    root: (id: ConversationId, address: string) => {
      const [first] = sent(id, address)
      return first ? asRoot(first) : null
    },
  }
}

/** What those are told who get no mail: switched off, or nowhere to send it to anybody. */
export const withheldVerdicts = (people: People, { recipients, withheld }: Judgement): NewVerdict[] =>
  recipients.length === 0 && withheld.length === 0
    ? people.agents.map((agent) => ({ agentId: agent.id, reason: { code: "no-destination" } }))
    : withheld.map(({ agent, reason }) => ({ agentId: agent.id, reason }))

interface Judged {
  of: Case
  judgement: Judgement
}

type Threads = Awaited<ReturnType<typeof loadThreads>>

/** The mails to all recipients, not queued yet, and the verdicts of those they stand for, by conversation. */
export const writeNotices = async (
  tx: Tx,
  people: People,
  judged: readonly Judged[],
  threads: Threads,
  kind: NoticeKind,
): Promise<{ mails: NewDelivery[]; sentTo: Map<ConversationId, NewVerdict[]> }> => {
  const notices = judged.flatMap(({ of, judgement }) =>
    judgement.recipients.map((recipient) => ({ of, recipient })),
  )
  const tokens = await replyTokens(
    tx,
    people.account.id,
    notices.map(({ of, recipient }) => holderOf(people, of, recipient)),
  )
  const domain = await mailDomain(tx)
  const keys = await bounceKeys(tx)
  const mails: NewDelivery[] = []
  const sentTo = new Map<ConversationId, NewVerdict[]>()
  for (const [index, { of, recipient }] of notices.entries()) {
    const { id } = of.conversation
    const root = threads.root(id, recipient.address)
    const thread = { replyToken: tokens[index]!, root, mailDomain: domain, keys }
    const written = writeNotice(tx, people, of, recipient, thread, kind)
    mails.push(written.mail)
    sentTo.set(id, [...(sentTo.get(id) ?? []), ...written.verdicts])
  }
  return { mails, sentTo }
}

/** Agents of an audience whose phones hold its light: willing, and with hours for it. */
const waitedFor = (people: People, groupId: GroupId | null, at: Millis): AgentRow[] => {
  const group = liveGroup(people, groupId)?.id ?? null
  return audienceOf(people, group).filter(
    (agent) => agent.intent !== "unavailable" && isOpenFor(people, agent, group, at),
  )
}

/**
 * A notice that went out ends the lease of the phones it waited for, until they are used again: at the moment
 * it fell due, however late the loop is, or when it was noticed that it had.
 */
const endLeasesOf = async (tx: Tx, people: People, judged: readonly Judged[]): Promise<void> => {
  const ends = new Map<DeviceId, Millis>()
  const all = people.agents.flatMap((agent) => people.devicesOf(agent.id))
  const shown = all.map((device) => ({ facts: deviceFacts(device), presence: device.presence }))
  for (const { of, judgement } of judged) {
    if (judgement.recipients.length === 0) continue
    const at = of.conversation.due_at ?? tx.now
    const phones = waitedFor(people, of.conversation.group_id, at)
      .flatMap((agent) => people.devicesOf(agent.id))
      .filter((device) => device.presence === "reachable")
    if (phones.length === 0) continue
    const end = Math.min(showsFrom(shown, at, people.account.grace_ms), tx.now)
    for (const { id } of phones) ends.set(id, Math.max(end, ends.get(id) ?? end))
  }
  for (const [at, phones] of Map.groupBy(ends.keys(), (id) => ends.get(id)!))
    await endLeases(tx, people.account.id, phones, at)
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

  const judge = await loadJudge(tx, people)
  const judged: Judged[] = []
  for (const of of cases) {
    const judgement = judge(of.conversation, "offline")
    const until = threads.foldedUntil(
      of.conversation.id,
      judgement.recipients.map((one) => one.address),
    )
    if (until === null) judged.push({ of, judgement })
    else await fold(tx, people, of, until)
  }

  const { mails, sentTo } = await writeNotices(tx, people, judged, threads, "offline")
  await enqueueAll(tx, mails)
  await endLeasesOf(tx, people, judged)

  const verdicts = judged.map(({ of, judgement }): Decided => {
    return {
      conversationId: of.conversation.id,
      seqs: of.messages.map((message) => message.seq),
      verdicts: [...withheldVerdicts(people, judgement), ...(sentTo.get(of.conversation.id) ?? [])],
    }
  })
  await saveAllVerdicts(tx, account.id, verdicts)

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
    judged.map(({ of: { conversation } }, index) => ({
      kind: "conversation",
      conversationId: conversation.id,
      state: conversation.state,
      why: "covered",
      decided: decided(verdicts[index]!.seqs, verdicts[index]!.verdicts),
    })),
  )
}
