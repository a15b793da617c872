import type { AgentId } from "../../shared/words/ids.ts"
import type { InboxMode } from "../../shared/words/nouns.ts"
import type { Reason } from "../../shared/words/reasons.ts"
import type { Millis } from "../../shared/words/time.ts"

/** Where mail goes besides, or instead; and who set that, when. */
export interface Target {
  address: string
  mode: InboxMode
  setBy: string
  setAt: Millis
}

/** An active agent who could get the notice. `noticesAt`: since when their switch stands as it does. */
export interface Addressee {
  id: AgentId
  name: string
  /** The destination; who changed it, and when, if anybody did. */
  address: string
  setBy: string | null
  setAt: Millis | null
  redirect: Target | null
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
  inbox: Target | null
  /** Where mail goes besides, by lowercase address, as long as that one keeps failing. */
  fallbacks: ReadonlyMap<string, Fallback>
}

/** An address that gets mail along with one that keeps failing, and who set it, when. */
export type Fallback = Pick<Target, "address" | "setBy" | "setAt">

type Via = Extract<Reason, { code: "sent-to" }>["via"]

/** How an agent's mail comes to go to an address. */
interface Way {
  agent: Addressee
  via: Via
  setBy: string | null
  setAt: Millis | null
}

/** One mail: to one address, for these agents; `inbox` if a general inbox is among whom it stands for. */
export interface Recipient {
  address: string
  ways: readonly Way[]
  inbox: boolean
  /** It keeps failing, and its fallback gets a mail, too: that is the one to tell of. */
  failing: boolean
}

/**
 * Who gets the notice: one mail an address; and who does not, with the reason (rules.md, "Offline notice"
 * 4 and 7). An agent in neither is covered by the mail to the inbox that stands for them.
 */
export type Judgement = {
  recipients: Recipient[]
  withheld: { agent: Addressee; reason: Reason }[]
}

/** Where an agent's own mail goes: the destination, its redirect, or both. */
const waysOf = (agent: Addressee): (Way & { address: string })[] => {
  const own = {
    agent,
    address: agent.address,
    via: "destination",
    setBy: agent.setBy,
    setAt: agent.setAt,
  } as const
  if (!agent.redirect) return [own]
  const { address, mode, setBy, setAt } = agent.redirect
  const second = { agent, address, via: "redirect", setBy, setAt } as const
  return mode === "instead-of" ? [second] : [own, second]
}

export const judgeRecipients = (facts: RecipientFacts): Judgement => {
  const off = (agent: Addressee, whose: "agent" | "account", since: Millis) => ({
    agent,
    reason: { code: "notifications-off", whose, since } as const,
  })
  if (!facts.account.notices) {
    return {
      recipients: [],
      withheld: (facts.audience.length === 0 ? facts.admins : facts.audience).map((agent) =>
        off(agent, "account", facts.account.noticesAt),
      ),
    }
  }
  const nobody = facts.audience.length === 0
  // An audience with no active agent: the inbox, else the admins.
  const candidates = nobody ? (facts.inbox ? [] : facts.admins) : facts.audience
  if (facts.inbox?.mode === "instead-of" && !nobody) {
    const { address, setBy, setAt } = facts.inbox
    const ways = candidates.map((agent) => ({ agent, via: "inbox", setBy, setAt }) as const)
    const recipient = { address, ways, inbox: true, failing: false }
    return { recipients: withFallbacks([recipient], facts.fallbacks), withheld: [] }
  }
  const byAddress = new Map<string, { address: string; ways: Way[]; inbox: boolean; failing: boolean }>()
  // Normalised: two ways of writing one address are one mail.
  const at = (address: string) => {
    const key = address.toLowerCase()
    const known = byAddress.get(key) ?? { address, ways: [], inbox: false, failing: false }
    byAddress.set(key, known)
    return known
  }
  for (const agent of candidates.filter((one) => one.notices))
    for (const { address, ...way } of waysOf(agent)) at(address).ways.push(way)
  if (facts.inbox) at(facts.inbox.address).inbox = true
  const withheld = candidates
    .filter((agent) => !agent.notices)
    .map((agent) => off(agent, "agent", agent.noticesAt))
  return { recipients: withFallbacks([...byAddress.values()], facts.fallbacks), withheld }
}

/** Beside each address that keeps failing, its fallback; one that gets a mail anyhow gets no second. */
const withFallbacks = (recipients: Recipient[], fallbacks: RecipientFacts["fallbacks"]): Recipient[] => {
  const all = new Map(recipients.map((one) => [one.address.toLowerCase(), one]))
  for (const { address, ways, inbox } of recipients) {
    const failing = all.get(address.toLowerCase())
    const fallback = fallbacks.get(address.toLowerCase())
    if (!failing || !fallback) continue
    all.set(address.toLowerCase(), { ...failing, failing: true })
    const { setBy, setAt } = fallback
    const key = fallback.address.toLowerCase()
    const known = all.get(key) ?? { address: fallback.address, ways: [], inbox: false, failing: false }
    const through = ways.map(({ agent }): Way => ({ agent, via: "fallback", setBy, setAt }))
    // Whoever gets that mail anyhow is told of it as it would be without a fallback.
    const others = known.ways.filter((way) => !through.some(({ agent }) => agent.id === way.agent.id))
    all.set(key, { ...known, ways: [...others, ...through], inbox: known.inbox || inbox })
  }
  return [...all.values()]
}
