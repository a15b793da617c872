import type { ProbeView } from "../../shared/protocol/mail-health-views.ts"
import { type AccountId, type AgentId, type DeliveryId, newId } from "../../shared/words/ids.ts"
import { DELIVERY_OUTCOMES } from "../../shared/words/outcomes.ts"
import { Refusal } from "../../shared/words/refusals.ts"
import { DAY, HOUR, type Millis } from "../../shared/words/time.ts"
import type { Probe } from "../mail/content.ts"
import { enqueue } from "../store/outbox.ts"
import { insertProbe, newestProbes, type ProbeState, probesSince } from "../store/probes.ts"
import type { Tx } from "../store/store.ts"
import { findAccountRow } from "../store/team.ts"
import { findMember } from "./agents.ts"
import { domainsOfAccounts } from "./mail-domains.ts"
import { refuseOwnAddress } from "./own-address.ts"

/** Of an account: whoever tries out more than this is mailing strangers. */
const PROBES_AN_HOUR = 10

/** Long enough for greylisting and a server that is down for the night. */
const PROBE_LIFE: Millis = DAY

/** How many are shown. */
const SHOWN = 10

/**
 * Queues a trial mail to any address, in an admin's name and language. Refusals: `too-many`; `bad-input` for an
 * address of the relay itself.
 */
export const sendProbe = async (
  tx: Tx,
  { accountId, agentId, to }: { accountId: AccountId; agentId: AgentId; to: string },
): Promise<{ id: DeliveryId }> => {
  // Counted under the lock: several at once are not one too many.
  await tx.lock(accountId)
  const account = await findAccountRow(tx, accountId)
  if (!account) throw new Refusal("not-found", `there is no account ${accountId}`)
  await refuseOwnAddress(tx, to)
  if ((await probesSince(tx, accountId, tx.now - HOUR)) >= PROBES_AN_HOUR)
    throw new Refusal(
      "too-many",
      `${PROBES_AN_HOUR} trial mails were sent for your account within an hour: wait a while`,
    )
  const domainOf = await domainsOfAccounts(tx, [accountId])
  const admin = await findMember(tx, accountId, agentId)
  const id = newId("delivery")
  const content: Probe = {
    kind: "probe",
    account: account.name,
    by: admin.name,
    language: admin.language,
    zone: admin.zone,
    at: tx.now,
  }
  await enqueue(tx, {
    account_id: accountId,
    id,
    kind: "probe",
    conversation_id: null,
    agent_id: agentId,
    to_address: to,
    message_id: `<${id.replace("_", ".")}@${domainOf(accountId)}>`,
    content: JSON.stringify(content),
    gives_up_at: tx.now + PROBE_LIFE,
  })
  await insertProbe(tx, { account_id: accountId, id, by: admin.name, at: tx.now })
  return { id }
}

/** The last trial mails of an account and what has become of them, newest first. */
export const readProbes = async (tx: Tx, { accountId }: { accountId: AccountId }): Promise<ProbeView[]> =>
  (await newestProbes(tx, accountId, SHOWN)).map(view)

const view = (row: ProbeState): ProbeView => ({
  id: row.id,
  to: row.to_address,
  by: row.by,
  at: row.at,
  state: row.state,
  attempts: row.attempts,
  nextAt: row.state === "queued" ? row.next_at : null,
  outcome: DELIVERY_OUTCOMES.find((outcome) => outcome === row.outcome) ?? null,
  answer: row.answer,
  server: row.server,
  note: row.note,
  bouncedAt: row.bounced_at,
  settledAt: row.settled_at,
})
