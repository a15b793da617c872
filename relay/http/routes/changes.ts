import { changesQuery } from "../../../shared/protocol/http.ts"
import type { AgentId } from "../../../shared/words/ids.ts"
import { changesView } from "../answers-record.ts"
import { type Route, route } from "../route.ts"

/** Who set what, when. */
export const changeRoutes: Route[] = [
  route({
    method: "get",
    path: "/api/changes",
    who: "admin",
    summary: "Who set what, when, from what to what, and by which way; newest first, in pages",
    query: changesQuery,
    answer: changesView,
    handle: ({ desk, me, query: { agentId, kind, before, limit } }) =>
      desk.store.run(
        "listChanges",
        {
          accountId: me.accountId,
          limit,
          ...(agentId !== undefined && { agentId: agentId as AgentId }),
          ...(kind !== undefined && { kind }),
          ...(before !== undefined && { before }),
        },
        desk.clock.now(),
      ),
  }),
]
