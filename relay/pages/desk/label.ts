import { type BrowserFacts, isApple } from "./handheld.ts"

const BROWSERS: readonly [RegExp, string][] = [
  [/\b(Firefox|FxiOS)\//, "Firefox"],
  [/\bEdg(iOS|A)?\//, "Edge"],
  [/\bOPR\//, "Opera"],
  [/Chrom(e|ium)\/|\bCriOS\//, "Chrome"],
  [/\bSafari\//, "Safari"],
]

const SYSTEMS: readonly [RegExp, string][] = [
  [/\bAndroid\b/, "Android"],
  [/\bMac OS X\b/, "macOS"],
  [/\bWindows\b/, "Windows"],
  [/\bCrOS\b/, "ChromeOS"],
  [/\bLinux\b/, "Linux"],
]

/** What this browser is called in "your devices" and in reasons, e.g. `Firefox on Linux (tab)`. */
export const tabLabel = (facts: BrowserFacts, kind: "tab" | "phone"): string => {
  const find = (table: readonly [RegExp, string][], otherwise: string): string =>
    table.find(([pattern]) => pattern.test(facts.userAgent))?.[1] ?? otherwise
  const system = isApple(facts) ? "iOS" : find(SYSTEMS, "another system")
  return `${find(BROWSERS, "Browser")} on ${system} (${kind})`
}
