import { browserName, systemName } from "../../../shared/words/browser-name.ts"
import { type BrowserFacts, isApple } from "./handheld.ts"

/** What this browser is called in "your devices" and in reasons, e.g. `Firefox on Linux (tab)`. */
export const tabLabel = (facts: BrowserFacts, kind: "tab" | "phone"): string => {
  const system = isApple(facts) ? "iOS" : (systemName(facts.userAgent) ?? "another system")
  return `${browserName(facts.userAgent) ?? "Browser"} on ${system} (${kind})`
}
