import { randomBytes } from "node:crypto"
import { type AccountId, type AgentId, type DeviceId, newId, randomBase32 } from "../../shared/words/ids.ts"
import type { DeviceKind, Role } from "../../shared/words/nouns.ts"
import { Refusal } from "../../shared/words/refusals.ts"
import { HOUR, MINUTE, type Millis, SECOND } from "../../shared/words/time.ts"
import type { SignInCode } from "../mail/content.ts"
import { findDevice } from "../store/devices.ts"
import { enterKey, lookUp } from "../store/directory.ts"
import { emit } from "../store/events.ts"
import { enqueue, withdraw } from "../store/outbox.ts"
import { mailDomain } from "../store/relays.ts"
import {
  codesOf,
  codesSince,
  forgetCodes,
  insertCode,
  insertDevice,
  newestCode,
  removeCode,
  saveCode,
} from "../store/sign-in.ts"
import type { Tx } from "../store/store.ts"
import type { AgentRow, SignInCodeRow } from "../store/tables-people.ts"
import { findAgentRow } from "../store/team.ts"
import { CODE_LIFE, CODES_AN_HOUR, codeHash, isUsable, newDigits, sameHash, sha256 } from "./codes.ts"
import { forgetCode } from "./deliveries.ts"

/** 32 random bytes (design: "Nobody gets in"), base64url. */
const TOKEN_BYTES = 32

const findActive = async (tx: Tx, address: string): Promise<AgentRow | null> => {
  const entry = await lookUp(tx, "address", address)
  const agent = entry && (await findAgentRow(tx, entry.account_id, entry.target as AgentId))
  return agent?.active === 1 ? agent : null
}

/** Stands for the agent of an address that is nobody's: what is written for it is taken back at once. */
const NOBODY = {
  account_id: "" as AccountId,
  id: "" as AgentId,
  address: "",
  language: "en",
} as const satisfies Partial<AgentRow>

/**
 * The active agent of an address, under the lock of their account so that it stays so: they may have been given another address, or
 * deactivated, while this waited for its turn.
 */
const holdActive = async (tx: Tx, address: string): Promise<AgentRow | null> => {
  const found = await findActive(tx, address)
  await tx.lock((found ?? NOBODY).account_id)
  const held = await findActive(tx, address)
  return held !== null && held.id === found?.id ? held : null
}

const newCode = (agent: Pick<AgentRow, "account_id" | "id">, hash: string, now: Millis): SignInCodeRow => ({
  account_id: agent.account_id,
  id: randomBase32(20),
  agent_id: agent.id,
  code_hash: hash,
  tries: 0,
  created_at: now,
  expires_at: now + CODE_LIFE,
  used_at: null,
})

/**
 * Mails a six-digit code to an agent. For an address that is nobody's, or that asked too often, nothing is
 * sent; answer and work are the same (with the wait for the disk), so that neither tells who is an agent.
 */
export const askSignInCode = async (tx: Tx, { address }: { address: string }): Promise<void> => {
  const agent = (await holdActive(tx, address)) ?? NOBODY
  const code = newDigits()
  const asked = await codesSince(tx, agent.account_id, agent.id, tx.now - HOUR)
  await forgetCodes(tx, agent.account_id, agent.id, tx.now - HOUR)
  const id = newId("delivery")
  // A code has the id of the mail that brings it.
  const row = { ...newCode(agent, codeHash(agent.id, code), tx.now), id }
  await insertCode(tx, row)
  const content: SignInCode = {
    kind: "sign-in-code",
    code,
    language: agent.language,
    minutes: CODE_LIFE / MINUTE,
  }
  await enqueue(tx, {
    account_id: agent.account_id,
    id,
    kind: "sign-in-code",
    conversation_id: null,
    agent_id: agent.id,
    to_address: agent.address,
    message_id: `<${id.replace("_", ".")}@${await mailDomain(tx)}>`,
    content: JSON.stringify(content),
    gives_up_at: tx.now + CODE_LIFE,
  })
  if (agent !== NOBODY && asked < CODES_AN_HOUR) return
  await removeCode(tx, agent.account_id, row.id)
  await withdraw(tx, agent.account_id, id)
}

type SignIn =
  | { token: string; accountId: AccountId; agentId: AgentId; deviceId: DeviceId; refused?: undefined }
  | { refused: "code-wrong" }

const wrong: SignIn = { refused: "code-wrong" }

/**
 * The code for a device of the agent's and its bearer token, which is nowhere stored but as its SHA-256.
 * `refused` instead of a refusal thrown, so that the count of tries is kept.
 */
export const signIn = async (
  tx: Tx,
  given: { address: string; code: string; device: { kind: DeviceKind; label: string } },
): Promise<SignIn> => {
  const agent = await holdActive(tx, given.address)
  const hash = codeHash(agent?.id ?? given.address, given.code)
  if (!agent) {
    // As much is written for nobody as for somebody's wrong code.
    const row = newCode(NOBODY, hash, tx.now)
    await insertCode(tx, row)
    await removeCode(tx, NOBODY.account_id, row.id)
    return wrong
  }
  const code = await newestCode(tx, agent.account_id, agent.id)
  if (!code || !isUsable(code, tx.now)) return wrong
  await saveCode(tx, agent.account_id, code.id, { tries: code.tries + 1 })
  if (!sameHash(code.code_hash, hash)) return wrong
  await saveCode(tx, agent.account_id, code.id, { used_at: tx.now })
  // Of the codes before it, none counts any more.
  for (const id of await codesOf(tx, agent.account_id, agent.id)) await forgetCode(tx, agent.account_id, id)
  const token = randomBytes(TOKEN_BYTES).toString("base64url")
  const deviceId = newId("device")
  await enterKey(
    tx,
    { kind: "device-token", key: sha256(token), account_id: agent.account_id, target: deviceId },
    "try again",
  )
  await insertDevice(tx, {
    account_id: agent.account_id,
    id: deviceId,
    agent_id: agent.id,
    kind: given.device.kind,
    label: given.device.label,
    token_hash: sha256(token),
    state: null,
    interval_ms: 20 * SECOND,
    boot_id: "",
    seq: -1,
    beat_at: null,
    seen_at: null,
    ended_at: null,
    held_until: null,
    presence: "gone",
    changes_at: null,
    last_used_at: tx.now,
    push: null,
    push_at: null,
    push_failed_at: null,
    push_failure: null,
    push_answer: null,
    lease_ended_at: null,
    tells_idle: 1,
    used_at: null,
    presumed_idle_at: null,
    revoked_at: null,
    created_at: tx.now,
  })
  await emit(tx, agent.account_id, { kind: "team", agentId: agent.id })
  return { token, accountId: agent.account_id, agentId: agent.id, deviceId }
}

/** Whose bearer token it is. Refusal `not-signed-in` for one that is unknown, revoked or of somebody inactive. */
export const identify = async (
  tx: Tx,
  { token }: { token: string },
): Promise<{ accountId: AccountId; agentId: AgentId; deviceId: DeviceId; role: Role }> => {
  const entry = await lookUp(tx, "device-token", sha256(token))
  const device = entry && (await findDevice(tx, entry.account_id, entry.target as DeviceId))
  const agent =
    device?.revoked_at === null ? await findAgentRow(tx, device.account_id, device.agent_id) : undefined
  if (!device || agent?.active !== 1)
    throw new Refusal("not-signed-in", "sign in again: this device is not signed in")
  return { accountId: device.account_id, agentId: agent.id, deviceId: device.id, role: agent.role }
}
