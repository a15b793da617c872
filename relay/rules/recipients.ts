import type { AgentId } from "../../shared/words/ids.ts"
import type { InboxMode } from "../../shared/words/nouns.ts"
import type { Reason } from "../../shared/words/reasons.ts"
import type { Millis } from "../../shared/words/time.ts"

/** An active agent who could get the notice. `noticesAt`: since when their switch stands as it does. */
export interface Addressee {
  id: AgentId
  name: string
  address: string
  notices: boolean
  noticesAt: Millis
}

export interface RecipientFacts {
  /** Active agents of the audience. */
  audience: readonly Addressee[]
  /** Active admins of the account, for an audience without an active agent. */
  admins: readonly Addressee[]
  account: { notices: boolean; noticesAt: Millis }
  /** The group's general inbox, else the account's. */
  inbox: { address: string; mode: InboxMode } | null
}

/** One mail: to one address, for these agents; `inbox` if a general inbox is among whom it stands for. */
export interface Recipient {
  address: string
  agents: readonly Addressee[]
  inbox: boolean
}

/**
 * Who gets the notice: one mail an address; and who does not, with the reason (rules.md, "Offline notice"
 * 4 and 7). An agent in neither is covered by the mail to the inbox that stands for them.
 */
export type Judgement = {
  recipients: Recipient[]
  withheld: { agent: Addressee; reason: Reason }[]
}

export const judgeRecipients = (facts: RecipientFacts): Judgement => {
  const off = (agent: Addressee, whose: "agent" | "account", since: Millis) => ({
    agent,
    reason: { code: "notifications-off", whose, since } as const,
  })
  if (!facts.account.notices) {
    return {
      recipients: [],
      withheld: facts.audience.map((agent) => off(agent, "account", facts.account.noticesAt)),
    }
  }
  const nobody = facts.audience.length === 0
  // An audience with no active agent: the inbox, else the admins.
  const candidates = nobody ? (facts.inbox ? [] : facts.admins) : facts.audience
  if (facts.inbox?.mode === "instead-of" && !nobody) {
    return { recipients: [{ address: facts.inbox.address, agents: candidates, inbox: true }], withheld: [] }
  }
  const willing = candidates.filter((agent) => agent.notices)
  const withheld = candidates
    .filter((agent) => !agent.notices)
    .map((agent) => off(agent, "agent", agent.noticesAt))
  const byAddress = new Map<string, { address: string; agents: Addressee[]; inbox: boolean }>()
  const at = (address: string) => {
    const known = byAddress.get(address) ?? { address, agents: [], inbox: false }
    byAddress.set(address, known)
    return known
  }
  for (const agent of willing) at(agent.address).agents.push(agent)
  if (facts.inbox) at(facts.inbox.address).inbox = true
  return { recipients: [...byAddress.values()], withheld }
}
