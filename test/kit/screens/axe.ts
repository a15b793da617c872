import { AxeBuilder } from "@axe-core/playwright"
import type { Page } from "playwright-core"

/** What axe finds that would keep somebody out: serious and critical findings, a line for each element. */
export const barriers = async (page: Page, rules?: string[]): Promise<string[]> => {
  // One run over all frames: the other way opens a page of its own for every look.
  const builder = new AxeBuilder({ page })
    .setLegacyMode(true)
    .options({ preload: false, resultTypes: ["violations"] })
  const { violations } = await (rules === undefined ? builder : builder.withRules(rules)).analyze()
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, help, nodes }) =>
      nodes.map(
        ({ target, failureSummary }) =>
          `${id} (${help}) at ${target.join(" ")}: ${failureSummary?.split("\n")[1]?.trim() ?? ""}`,
      ),
    )
}
