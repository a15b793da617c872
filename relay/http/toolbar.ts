import type { ToolbarState } from "../../shared/protocol/views.ts"
import type { AccountId, AgentId, DeviceId } from "../../shared/words/ids.ts"
import { Refusal } from "../../shared/words/refusals.ts"
import type { House } from "../house.ts"

/** What badge and popup of one device show now. */
export const toolbarOf = async (
  { store, clock }: Pick<House, "store" | "clock">,
  { accountId, agentId, deviceId }: { accountId: AccountId; agentId: AgentId; deviceId: DeviceId },
): Promise<ToolbarState> => {
  const [toolbar] = await store.run("readToolbars", { accountId, who: [{ agentId, deviceId }] }, clock.now())
  if (toolbar === undefined) throw new Refusal("not-found", "this agent is not on this account any more")
  return toolbar
}
