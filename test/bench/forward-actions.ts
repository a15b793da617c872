import { enterAgent } from "../../relay/actions/agents.ts"
import { actions as product } from "../../relay/actions/index.ts"

import type { Tx } from "../../relay/store/store.ts"
import { findAccountRow } from "../../relay/store/team.ts"
import type { AccountId } from "../../shared/words/ids.ts"

/** The product's actions, and one that fills an account with agents at once, without judging it after each. */
const seedAgents = async (
  tx: Tx,
  { accountId, names, domain }: { accountId: AccountId; names: string[]; domain: string },
): Promise<void> => {
  const account = await findAccountRow(tx, accountId)
  if (!account) throw new Error(`no account ${accountId}`)
  for (const name of names) {
    const address = `${name}@${domain}`
    await enterAgent(tx, account, { name, address, role: "agent", language: "en", zone: "UTC" })
  }
}

export const actions = { ...product, seedAgents }
export type ForwardActions = typeof actions
