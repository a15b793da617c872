import type { AccountId } from "../../shared/words/ids.ts"
import { type Feature, planHas, planWith } from "../../shared/words/plans.ts"
import type { Opened } from "./command.ts"

const NAMES: Record<Feature, string> = {
  "missed-notices": "notices of missed conversations",
  "office-hours": "office hours",
  groups: "groups",
}

/** What is to be added to “done” where the account's plan lacks some of what was set; empty where it has all. */
export const planNote = async (
  { store, clock }: Opened,
  accountId: AccountId,
  features: readonly Feature[],
): Promise<string> => {
  const accounts = await store.run("listAccounts", {}, clock.now())
  const plan = accounts.find(({ id }) => id === accountId)?.plan
  if (plan === undefined) return ""
  return features
    .filter((feature) => !planHas(plan, feature))
    .map(
      (feature) =>
        `\nIts plan, ${plan}, has no ${NAMES[feature]}: what was set is kept, and holds once the plan is ${planWith(feature)}.`,
    )
    .join("")
}
