import type { Actor } from "../../shared/words/changes.ts"
import type { Me } from "./route.ts"

/** Who a change is by, for the log of changes, where an agent asks for it. */
export const actorOf = ({ agentId }: Pick<Me, "agentId">): Actor => ({ way: "screen", agentId })
