import type { People } from "./people.ts"
import type { Notice } from "./words.ts"

export interface Recipients {
  /** Addresses, each once, with the agents it stands for. */
  mails: Map<string, number[]>
  /** Agents whose own or whose account's switch is off. */
  off: number[]
}

/** Who gets a notice about a conversation of this group, as things stand (rules.md, "Offline notice" 7). */
export const recipientsOf = (people: People, group: number | null, notice: Notice): Recipients => {
  const mails = new Map<string, number[]>()
  const add = (to: string, agent: number | null) => {
    const known = mails.get(to) ?? []
    mails.set(to, agent === null || known.includes(agent) ? known : [...known, agent])
  }
  const audience = people.audience(group)
  const admins = people.audience(null).filter((agent) => people.agents[agent]!.admin)
  if (!people.account.switches[notice]) return { mails, off: audience.length > 0 ? audience : admins }

  const inbox = (group !== null && people.groups[group]!.inbox) || people.account.inbox
  const candidates = audience.length > 0 ? audience : inbox ? [] : admins
  if (inbox?.mode === "instead-of" && audience.length > 0) {
    for (const agent of candidates) add(inbox.to, agent)
    return { mails, off: [] }
  }
  const off: number[] = []
  for (const agent of candidates) {
    if (!people.isOn(agent, notice)) {
      off.push(agent)
      continue
    }
    const { redirect } = people.agents[agent]!
    if (redirect?.mode !== "instead-of") add(people.destination(agent), agent)
    if (redirect) add(redirect.to, agent)
  }
  if (inbox) add(inbox.to, null)
  return { mails, off }
}
