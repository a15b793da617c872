import type { AgentId } from "../../shared/words/ids.ts"

/** An agent of the account as redirects see them: whose destination it is, and where their mail is sent on. */
export interface RedirectAgent {
  id: AgentId
  name: string
  address: string
  redirect: string | null
}

/**
 * The way by which mail of `owner` would come back to them if it were sent on to `target`: the names on it,
 * from the owner to the owner; null when it would not. A redirect to oneself is the shortest loop. Agents who
 * are not active count too: they can be active again.
 */
export const redirectLoop = (
  agents: readonly RedirectAgent[],
  owner: AgentId,
  target: string,
): string[] | null => {
  const start = agents.find((agent) => agent.id === owner)
  if (!start) return null
  const names = [start.name]
  const seen = new Set<AgentId>()
  let address: string | null = target
  while (address !== null) {
    const at: string = address
    const next = agents.find((agent) => agent.address === at)
    if (!next || seen.has(next.id)) return null
    names.push(next.name)
    if (next.id === owner) return names
    seen.add(next.id)
    address = next.redirect
  }
  return null
}

/**
 * The loop that there would be if the address became this agent's destination: their own redirect goes there,
 * or a colleague's does, to whom theirs leads. Null when there would be none.
 */
export const loopByMove = (
  agents: readonly RedirectAgent[],
  mover: AgentId,
  address: string,
): string[] | null => {
  const moved = agents.map((agent) => (agent.id === mover ? { ...agent, address } : agent))
  const redirect = moved.find((agent) => agent.id === mover)?.redirect
  return redirect ? redirectLoop(moved, mover, redirect) : null
}
