import type { AgentView } from "../../shared/protocol/views.ts"
import type { AgentRow } from "../store/tables-people.ts"

/** An agent as they see themselves. */
export const agentView = (agent: AgentRow): AgentView => ({
  id: agent.id,
  name: agent.name,
  picture: agent.picture,
  address: agent.address,
  role: agent.role,
  language: agent.language,
  intent: agent.intent,
  intentVersion: agent.intent_version,
  intentUntil: agent.intent_until,
  intentBack: agent.intent_until === null ? null : agent.intent_back,
  offlineNotices: agent.offline_notices === 1,
  missedNotices: agent.missed_notices === 1,
})
