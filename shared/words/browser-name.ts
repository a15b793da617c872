/** What a browser and its system are called, by what the browser says of itself (RFC 9110, 10.1.5 User-Agent). */

const BROWSERS: readonly [RegExp, string][] = [
  [/\b(Firefox|FxiOS)\//, "Firefox"],
  [/\bEdg(iOS|A)?\//, "Edge"],
  [/\bOPR\//, "Opera"],
  [/Chrom(e|ium)\/|\bCriOS\//, "Chrome"],
  [/\bSafari\//, "Safari"],
]

const SYSTEMS: readonly [RegExp, string][] = [
  [/\b(iPhone|iPad|iPod)\b/, "iOS"],
  [/\bAndroid\b/, "Android"],
  [/\bMac OS X\b/, "macOS"],
  [/\bWindows\b/, "Windows"],
  [/\bCrOS\b/, "ChromeOS"],
  [/\bLinux\b/, "Linux"],
]

const find = (table: readonly [RegExp, string][], userAgent: string): string | null =>
  table.find(([pattern]) => pattern.test(userAgent))?.[1] ?? null

/** Null: it says none that we know. An iPad says that it is a Mac. */
export const browserName = (userAgent: string): string | null => find(BROWSERS, userAgent)
export const systemName = (userAgent: string): string | null => find(SYSTEMS, userAgent)

/** Both in one, in any language: `Firefox · Windows`; null when neither is known. */
export const deviceName = (userAgent: string | undefined): string | null => {
  // Longer ones were made up, and are not worth the search.
  const said = (userAgent ?? "").slice(0, 500)
  return [browserName(said), systemName(said)].filter((name) => name !== null).join(" · ") || null
}
