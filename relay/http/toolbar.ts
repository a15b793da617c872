import type { ToolbarState } from "../../shared/protocol/views.ts"
import type { AccountId, AgentId, DeviceId } from "../../shared/words/ids.ts"
import { Refusal } from "../../shared/words/refusals.ts"
import type { House } from "../house.ts"

type Who = { accountId: AccountId; agentId: AgentId; deviceId: DeviceId }

/** What badge and popup of one device show now, as `readToolbars` has it. */
export const wholeToolbarOf = async (
  { store, clock }: Pick<House, "store" | "clock">,
  { accountId, agentId, deviceId }: Who,
): Promise<ToolbarState> => {
  const asked = { accountId, who: [{ agentId, deviceId }] }
  const [toolbar] = await store.run("readToolbars", asked, clock.now(), "reading")
  if (toolbar === undefined) throw new Refusal("not-found", "this agent is not on this account any more")
  return toolbar
}

/** As it is told: one's team are the others. */
export const asTold = (toolbar: ToolbarState): ToolbarState => ({
  ...toolbar,
  team: toolbar.team.filter(({ id }) => id !== toolbar.me.id),
})

/** What badge and popup of one device show now. */
export const toolbarOf = async (house: Pick<House, "store" | "clock">, who: Who): Promise<ToolbarState> =>
  asTold(await wholeToolbarOf(house, who))
