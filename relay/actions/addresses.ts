import { type AccountId, type DeliveryId, newId } from "../../shared/words/ids.ts"
import type { Language } from "../../shared/words/nouns.ts"
import { Refusal } from "../../shared/words/refusals.ts"
import { HOUR, MINUTE, type Millis } from "../../shared/words/time.ts"
import type { AddressCode } from "../mail/content.ts"
import {
  addressCodesFor,
  addressCodesSince,
  addVerified,
  type CodePurpose,
  forgetAddressCodes,
  insertAddressCode,
  newestAddressCode,
  saveAddressCode,
} from "../store/addresses.ts"
import { enqueue } from "../store/outbox.ts"
import { mailDomain } from "../store/relays.ts"
import type { Tx } from "../store/store.ts"
import type { AccountRow, AddressCodeRow } from "../store/tables-people.ts"
import { CODE_LIFE, CODES_AN_HOUR, codeHash, isUsable, newDigits, sameHash } from "./codes.ts"
import { forgetCode } from "./deliveries.ts"
import { enter } from "./enter.ts"
import { refuseOwnAddress } from "./own-address.ts"

/**
 * Codes to addresses that nobody of the account has shown to read yet: to become a destination
 * (destination.ts), or the target of redirects. Nothing but the code is sent there before.
 */

/** Of an account, whatever the addresses: nobody is to mail the world by us. */
const CODES_OF_ACCOUNT_AN_HOUR = 50

/** What is asked for, of whom, and in whose name. */
export interface CodeWish {
  purpose: CodePurpose
  address: string
  by: string
  language: Language
}

const saltOf = (accountId: AccountId, purpose: CodePurpose, address: string): string =>
  `${accountId}:${"agentId" in purpose ? purpose.agentId : "redirect"}:${address}`

const refuseTooMany = async (tx: Tx, account: AccountRow, { purpose, address }: CodeWish): Promise<void> => {
  const codes = await addressCodesSince(tx, account.id, tx.now - HOUR)
  const toAddress = codes.filter((code) => code.address === address)
  const ofAgent = codes.filter((code) => "agentId" in purpose && code.agent_id === purpose.agentId)
  if (toAddress.length >= CODES_AN_HOUR || ofAgent.length >= CODES_AN_HOUR)
    throw new Refusal(
      "too-many",
      `${CODES_AN_HOUR} codes were sent within an hour: use the newest one, or ask again in an hour`,
    )
  if (codes.length >= CODES_OF_ACCOUNT_AN_HOUR)
    throw new Refusal(
      "too-many",
      `${codes.length} codes were sent for your account within an hour: wait a while`,
    )
}

/** Mails a new code to an address; those before it for the same do not count any more. */
export const sendAddressCode = async (
  tx: Tx,
  account: AccountRow,
  wish: CodeWish,
): Promise<{ expiresAt: Millis }> => {
  await refuseTooMany(tx, account, wish)
  await forgetAddressCodes(tx, account.id, tx.now - HOUR)
  const code = newDigits()
  // A code has the id of the mail that brings it.
  const id = newId("delivery")
  const agentId = "agentId" in wish.purpose ? wish.purpose.agentId : null
  const purpose = agentId === null ? "redirect" : "destination"
  const row: AddressCodeRow = {
    account_id: account.id,
    id,
    purpose,
    agent_id: agentId,
    address: wish.address,
    code_hash: codeHash(saltOf(account.id, wish.purpose, wish.address), code),
    tries: 0,
    created_at: tx.now,
    expires_at: tx.now + CODE_LIFE,
    used_at: null,
  }
  await insertAddressCode(tx, row)
  const content: AddressCode = {
    kind: "address-code",
    purpose,
    account: account.name,
    by: wish.by,
    code,
    language: wish.language,
    minutes: CODE_LIFE / MINUTE,
  }
  await enqueue(tx, {
    account_id: account.id,
    id,
    kind: "address-code",
    conversation_id: null,
    agent_id: agentId,
    to_address: wish.address,
    message_id: `<${id.replace("_", ".")}@${await mailDomain(tx)}>`,
    content: JSON.stringify(content),
    gives_up_at: row.expires_at,
  })
  return { expiresAt: row.expires_at }
}

/**
 * Tries a code, and counts the try. When it is right it is spent, and what mails say of codes for the same
 * is taken out of them.
 */
export const spendAddressCode = async (
  tx: Tx,
  accountId: AccountId,
  purpose: CodePurpose,
  { address, code }: { address: string; code: string },
): Promise<boolean> => {
  const row = await newestAddressCode(tx, accountId, purpose)
  if (!row || !isUsable(row, tx.now)) return false
  await saveAddressCode(tx, accountId, row.id, { tries: row.tries + 1 })
  if (
    row.address !== address ||
    !sameHash(row.code_hash, codeHash(saltOf(accountId, purpose, address), code))
  )
    return false
  await saveAddressCode(tx, accountId, row.id, { used_at: tx.now })
  for (const id of await addressCodesFor(tx, accountId, purpose))
    await forgetCode(tx, accountId, id satisfies DeliveryId)
  return true
}

/**
 * Mails a code to an address that redirects are to go to. `by`: name of who asks. Refusal `bad-input` for an
 * address of the relay itself, `too-many` after ten codes an hour.
 */
export const askAddress = async (
  tx: Tx,
  { accountId, by, address }: { accountId: AccountId; by: string; address: string },
): Promise<{ expiresAt: Millis }> => {
  const account = await enter(tx, accountId)
  await refuseOwnAddress(tx, address)
  // Whoever reads a general inbox reads it in the language of the account, as they will the notices.
  return sendAddressCode(tx, account, { purpose: { address }, address, by, language: account.language })
}

/**
 * Confirms an address by its code: redirects may go there from now on. `refused` instead of a refusal thrown,
 * so that the count of tries is kept.
 */
export const confirmAddress = async (
  tx: Tx,
  { accountId, by, address, code }: { accountId: AccountId; by: string; address: string; code: string },
): Promise<{ address: string; refused?: undefined } | { refused: "code-wrong" }> => {
  const account = await enter(tx, accountId)
  if (!(await spendAddressCode(tx, account.id, { address }, { address, code })))
    return { refused: "code-wrong" }
  await addVerified(tx, { account_id: account.id, address, verified_by: by, verified_at: tx.now })
  return { address }
}
