const BROWSERS: readonly [RegExp, string][] = [
  [/\bFirefox\//, "Firefox"],
  [/\bEdg\//, "Edge"],
  [/\bOPR\//, "Opera"],
  [/Chrom(e|ium)\//, "Chrome"],
  [/\bSafari\//, "Safari"],
]

const SYSTEMS: readonly [RegExp, string][] = [
  [/\bAndroid\b/, "Android"],
  [/\b(iPhone|iPad)\b/, "iOS"],
  [/\bMac OS X\b/, "macOS"],
  [/\bWindows\b/, "Windows"],
  [/\bCrOS\b/, "ChromeOS"],
  [/\bLinux\b/, "Linux"],
]

/** What this browser is called in "your devices" and in reasons, e.g. `Firefox on Linux (tab)`. */
export const tabLabel = (userAgent: string): string => {
  const find = (table: readonly [RegExp, string][], otherwise: string): string =>
    table.find(([pattern]) => pattern.test(userAgent))?.[1] ?? otherwise
  return `${find(BROWSERS, "Browser")} on ${find(SYSTEMS, "another system")} (tab)`
}
