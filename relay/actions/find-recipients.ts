import { domainToASCII } from "node:url"
import type { AccountId, AgentId, GroupId } from "../../shared/words/ids.ts"
import { plainName } from "../../shared/words/mail-names.ts"
import { parseLocalPart } from "../mail/addresses.ts"
import { findName } from "../store/mail-names.ts"
import { mailDomain } from "../store/relays.ts"
import { findReplyToken } from "../store/reply-tokens.ts"
import type { Tx } from "../store/store.ts"
import { findAgentRow } from "../store/team.ts"
import { findBounce } from "./bounces.ts"
import { accountOfDomain } from "./mail-domains.ts"

/** Who an address is, of those at the relay's mail domain and at the accounts' own. */
export type Recipient =
  /** The operator (RFC 2142). */
  | { kind: "postmaster" }
  | { kind: "reply"; token: string }
  /** The envelope sender of a mail of ours. */
  | { kind: "bounce"; token: string }
  /** An agent's; `address` is the name with its domain, without a sub-address. */
  | { kind: "forward"; accountId: AccountId; agentId: AgentId; address: string }
  /** A group's, or (`groupId` null) the inbox of the account. */
  | { kind: "conversation"; accountId: AccountId; groupId: GroupId | null; address: string }
  /** Nobody at a domain of ours. */
  | { kind: "unknown" }
  /** Not at a domain of ours. */
  | { kind: "foreign" }

/** `postmaster` alone is the operator as well (RFC 5321 4.5.1). */
const OPERATOR = new Set(["postmaster", "abuse"])

/**
 * Who takes mail for these addresses (`name@domain`, the domain in either form, or `postmaster`), in their
 * order. Locks nothing.
 */
export const findRecipients = async (
  tx: Tx,
  { addresses }: { addresses: readonly string[] },
): Promise<Recipient[]> => {
  const relayDomain = domainToASCII(await mailDomain(tx))
  const found: Recipient[] = []
  for (const address of addresses) found.push(await findOne(tx, address, relayDomain))
  return found
}

const findOne = async (tx: Tx, given: string, relayDomain: string): Promise<Recipient> => {
  const at = given.lastIndexOf("@")
  if (at < 0) return { kind: given.toLowerCase() === "postmaster" ? "postmaster" : "foreign" }
  const domain = domainToASCII(given.slice(at + 1))
  const owner = domain === relayDomain ? null : await accountOfDomain(tx, domain)
  const localPart = given.slice(0, at)
  const part = parseLocalPart(localPart)
  // Nobody makes a token up: whatever domain it is at was an account's when the mail went out that is answered here.
  if (part.kind === "reply" && (await findReplyToken(tx, part.token)))
    return { kind: "reply", token: part.token }
  if (part.kind === "bounce" && (await findBounce(tx, part.token)))
    return { kind: "bounce", token: part.token }
  if (domain === "" || (domain !== relayDomain && owner === null)) return { kind: "foreign" }
  const name = plainName(localPart)
  if (OPERATOR.has(name)) return { kind: "postmaster" }
  return part.kind === "other"
    ? findNamed(tx, name, owner === null ? null : domain, domain)
    : { kind: "unknown" }
}

/**
 * Whose name it is. That of an agent who is not active takes no mail: who writes hears so at once, and nothing
 * reaches somebody who may have left.
 */
const findNamed = async (
  tx: Tx,
  name: string,
  ownDomain: string | null,
  domain: string,
): Promise<Recipient> => {
  const owner = name === "" ? null : await findName(tx, name, ownDomain)
  if (!owner) return { kind: "unknown" }
  const { accountId, id } = owner
  const address = `${name}@${domain}`
  switch (owner.kind) {
    case "agent": {
      const agentId = id as AgentId
      const agent = await findAgentRow(tx, accountId, agentId)
      return agent?.active === 1 ? { kind: "forward", accountId, agentId, address } : { kind: "unknown" }
    }
    case "group":
      return { kind: "conversation", accountId, groupId: id as GroupId, address }
    case "account":
      return { kind: "conversation", accountId, groupId: null, address }
  }
}
