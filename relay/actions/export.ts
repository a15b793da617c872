import type { Actor } from "../../shared/words/changes.ts"
import type { AccountId, AgentId } from "../../shared/words/ids.ts"
import { Refusal } from "../../shared/words/refusals.ts"
import { sitesOfAccount } from "../store/accounts.ts"
import { changesOf } from "../store/changes.ts"
import { devicesOfAccount } from "../store/devices.ts"
import {
  conversationForExport,
  EXPORTED,
  exportPage,
  type KeptFile,
  keptFile,
  messagesByAgent,
  placeOf,
  restOfPerson,
} from "../store/export.ts"
import { findPicture } from "../store/pictures.ts"
import { redirectsOf } from "../store/redirects.ts"
import type { Tx } from "../store/store.ts"
import type { Tables } from "../store/tables.ts"
import type { ConversationRow } from "../store/tables-conversations.ts"
import { agentsOfAccount, findAgentRow, groupsOfAccount, membershipsOfAccount } from "../store/team.ts"
import { enter } from "./enter.ts"
import { countsOf, loadPerson, viewOfPerson, type Whose } from "./persons.ts"
import { writeDown } from "./record.ts"

/** Copies of data to hand out: of one person, as files; of an account, row by row. */

/** A file that was written for it. `path`: with `/` between folders; safe as a name. */
interface WrittenFile {
  path: string
  bytes: Uint8Array
}

export type ExportFile = WrittenFile | { path: string; kept: KeptFile }

/** The bytes of a file; of one that is in the store by what `readKept` gives, so that they are never all in memory. */
export const bytesOf = async (
  file: ExportFile,
  readKept: (kept: KeptFile) => Promise<Uint8Array>,
): Promise<Uint8Array> => ("bytes" in file ? file.bytes : readKept(file.kept))

/** One file of an export. Refusal `not-found` where somebody erased it meanwhile. */
export const readKept = async (
  tx: Tx,
  { accountId, kept }: { accountId: AccountId; kept: KeptFile },
): Promise<Uint8Array> => {
  const bytes = await keptFile(tx, accountId, kept)
  if (!bytes) throw new Refusal("not-found", `${kept.id} was erased while it was being exported`)
  return bytes
}

const textFile = (path: string, text: string): WrittenFile => ({
  path,
  bytes: new Uint8Array(Buffer.from(text)),
})
const jsonFile = (path: string, json: unknown): WrittenFile =>
  textFile(path, `${JSON.stringify(json, null, 2)}\n`)
const iso = (at: number): string => new Date(at).toISOString()

/** Names of attachments are safe already; two of one name must not be one file. */
const attachmentPath = (n: number, seq: number, position: number, name: string): string =>
  `attachments/${n}-${seq}-${position}-${name}`

/**
 * Everything of a visitor: who they are, each conversation as text and as JSON, attachments, original mails. The log
 * says that it was exported, and how much, not whose. What is large is named and read one by one (`readKept`).
 * Refusal `not-found`.
 */
export const exportPerson = async (
  tx: Tx,
  { accountId, whose, actor }: { accountId: AccountId; whose: Whose; actor?: Actor },
): Promise<{ files: ExportFile[] }> => {
  await enter(tx, accountId)
  const person = await loadPerson(tx, accountId, whose)
  const view = await viewOfPerson(tx, accountId, person)
  const rest = await restOfPerson(tx, accountId, person)
  const said = rest.identities.map(({ visitor_id: id, said: text }) => [id, JSON.parse(text)])
  const files: ExportFile[] = [
    jsonFile("person.json", {
      exportedAt: iso(tx.now),
      addresses: view.addresses,
      visitors: person.visitors.map(({ account_id: _, secret_hash: __, ...row }) => ({
        ...row,
        created_at: iso(row.created_at),
        closed_at: row.closed_at === null ? null : iso(row.closed_at),
        site: view.visitors.find(({ id }) => id === row.id)?.site ?? "",
        said: Object.fromEntries(said)[row.id] ?? null,
      })),
      conversations: view.conversations,
    }),
  ]
  const inOrder = [...person.conversations].sort((a, b) => a.created_at - b.created_at)
  for (const [index, row] of inOrder.entries()) files.push(...(await conversationFiles(tx, row, index + 1)))
  for (const id of rest.inbound) files.push(mailFile("inbound_mails", id))
  for (const id of rest.mails) files.push(mailFile("mails", id))
  for (const id of rest.captured) files.push(mailFile("captured_mails", id))
  for (const [n, { id, name }] of rest.uploads.entries())
    files.push({ path: `attachments/not-sent-${n + 1}-${name}`, kept: { table: "uploads", id } })
  const exported = { kind: "person", thing: "visitor", name: null, deed: "exported" } as const
  await writeDown(tx, accountId, actor, [{ ...exported, fields: countsOf(view) }])
  return { files }
}

const conversationFiles = async (tx: Tx, row: ConversationRow, n: number): Promise<ExportFile[]> => {
  const { account_id: accountId } = row
  const { messages, attachments, inbound, rating } = await conversationForExport(tx, accountId, row.id)
  const agents = await agentsOfAccount(tx, accountId)
  const sites = await sitesOfAccount(tx, accountId)
  const groups = await groupsOfAccount(tx, accountId)
  const said = messages.map((message) => ({
    seq: message.seq,
    author: message.author,
    name: agents.find(({ id }) => id === message.agent_id)?.name ?? null,
    channel: message.channel,
    at: iso(message.at),
    text: message.text,
    attachments: attachments
      .filter(({ seq }) => seq === message.seq)
      .map((one) => attachmentPath(n, one.seq, one.position, one.name)),
  }))
  const facts = {
    id: row.id,
    site: sites.find(({ id }) => id === row.site_id)?.name ?? null,
    group: groups.find(({ id }) => id === row.group_id)?.name ?? null,
    channel: row.channel,
    state: row.state,
    begun: iso(row.created_at),
    rating: rating ? { good: rating.good === 1, words: rating.words, at: iso(rating.at) } : null,
    messages: said,
    mails: inbound.map((mail) => ({ file: `mails/${mail.id}.eml`, subject: mail.subject, at: iso(mail.at) })),
  }
  const lines = said.map(({ at, author, name, text, attachments: files }) => {
    const named = [`[${at}] ${name ?? author}:`, text, ...files.map((file) => `(${file})`)]
    return named.join("\n")
  })
  if (rating)
    lines.push(
      [`[${iso(rating.at)}] rated ${rating.good === 1 ? "good" : "not good"}`, rating.words]
        .filter(Boolean)
        .join(":\n"),
    )
  return [
    jsonFile(`conversations/${n}.json`, facts),
    textFile(`conversations/${n}.txt`, `${lines.join("\n\n")}\n`),
    ...attachments.map((one) => ({
      path: attachmentPath(n, one.seq, one.position, one.name),
      kept: { table: "attachments" as const, id: one.id },
    })),
    ...inbound.map(({ id }) => mailFile("inbound_mails", id)),
  ]
}

const mailFile = (table: KeptFile["table"], id: string): ExportFile => ({
  path: `mails/${id}.eml`,
  kept: { table, id },
})

/** What is stored of an agent: profile, picture, devices, what they wrote, what they changed. Refusal `not-found`. */
export const exportAgent = async (
  tx: Tx,
  { accountId, agentId, actor }: { accountId: AccountId; agentId: AgentId; actor?: Actor },
): Promise<{ files: WrittenFile[] }> => {
  await enter(tx, accountId)
  const agent = await findAgentRow(tx, accountId, agentId)
  if (!agent) throw new Refusal("not-found", `there is no agent ${agentId}`)
  const groups = (await membershipsOfAccount(tx, accountId)).get(agentId) ?? []
  const named = await groupsOfAccount(tx, accountId)
  const devices = (await devicesOfAccount(tx, accountId)).filter((device) => device.agent_id === agentId)
  const redirect = (await redirectsOf(tx, accountId)).find(
    (row) => row.owner_kind === "agent" && row.owner_id === agentId,
  )
  const messages = await messagesByAgent(tx, accountId, agentId)
  const changes = await changesOf(tx, accountId, { agentId, limit: 10_000 })
  const { account_id: _, ...profile } = agent
  const picture = agent.picture === null ? undefined : await findPicture(tx, accountId, agent.picture)
  const files = [
    jsonFile("agent.json", {
      exportedAt: iso(tx.now),
      ...profile,
      groups: named.filter(({ id }) => groups.includes(id)).map(({ name }) => name),
      redirect: redirect ? { address: redirect.address, mode: redirect.mode } : null,
      devices: devices.map(({ id, kind, label, created_at, last_used_at }) => ({
        id,
        kind,
        label,
        since: iso(created_at),
        lastUsed: iso(last_used_at),
      })),
    }),
    jsonFile(
      "messages.json",
      messages.map((row) => ({
        conversation: row.conversation_id,
        seq: row.seq,
        channel: row.channel,
        at: iso(row.at),
        text: row.text,
      })),
    ),
    jsonFile(
      "changes.json",
      changes.map((row) => ({
        at: iso(row.at),
        way: row.way,
        kind: row.kind,
        thing: row.thing,
        deed: row.deed,
        fields: JSON.parse(row.fields) as unknown,
      })),
    ),
    ...(picture ? [{ path: `picture.${picture.type.replace("image/", "")}`, bytes: picture.bytes }] : []),
  ]
  await writeDown(tx, accountId, actor, [
    { kind: "person", thing: agentId, name: null, deed: "exported", fields: [] },
  ])
  return { files }
}

/** Rows that cross at a time. */
const PAGE = 200

/** Where an export of an account stands: a table, and the last row that was read of it. */
export interface ExportPlace {
  table: keyof Tables
  after: (string | number)[] | null
}

/** Begins an export of all of an account: the log says so. Gives where to go on. */
export const beginExport = async (
  tx: Tx,
  { accountId, actor }: { accountId: AccountId; actor?: Actor },
): Promise<{ next: ExportPlace }> => {
  await enter(tx, accountId)
  await writeDown(tx, accountId, actor, [
    { kind: "person", thing: "account", name: null, deed: "exported", fields: [] },
  ])
  return { next: { table: "accounts", after: null } }
}

/**
 * The next rows of an export, as lines of JSON `{"table": …, …}`, bytes in base64; without secrets, and without codes
 * and tokens that open something. `next`: null at the end.
 */
export const exportRows = async (
  tx: Tx,
  { accountId, place, limit = PAGE }: { accountId: AccountId; place: ExportPlace; limit?: number },
): Promise<{ lines: string[]; next: ExportPlace | null }> => {
  const { table, after } = place
  const rows = await exportPage(tx, accountId, table, after, limit)
  const lines = rows.map((row) => JSON.stringify({ table, ...plain(row) }))
  const last = rows.at(-1)
  if (table !== "accounts" && last !== undefined)
    return { lines, next: { table, after: placeOf(table, last) } }
  const following = EXPORTED[EXPORTED.findIndex((one) => one.table === table) + 1]
  return { lines, next: following === undefined ? null : { table: following.table, after: null } }
}

const plain = (row: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(row).map(([column, value]) => [
      column,
      value instanceof Uint8Array ? Buffer.from(value).toString("base64") : value,
    ]),
  )
