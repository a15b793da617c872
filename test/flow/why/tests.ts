import { afterAll, beforeAll, describe, test } from "vitest"
import { checkEverywhere } from "./check.ts"
import type { Situation } from "./situation.ts"
import { openCompany, openTown, type Town } from "./town.ts"

/** One test a situation, each with a company of its own on one relay. */
export const testSituations = (
  title: string,
  out: Parameters<typeof openTown>[0],
  situations: readonly Situation[],
): void => {
  describe(title, () => {
    let town: Town
    beforeAll(async () => {
      town = await openTown(out)
    })
    afterAll(() => town.stop())

    const named = situations.map((one) => [`${one.row} (${one.code}): ${one.title}`, one] as const)
    test.each(named)("%s", async (_, situation) => {
      const company = await openCompany(town, situation.company)
      await checkEverywhere(situation, company, await situation.stage(company))
    })
  })
}
