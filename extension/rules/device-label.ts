const BROWSERS: [RegExp, string][] = [
  [/\bFirefox\//, "Firefox"],
  [/\bEdg\//, "Edge"],
  [/\bOPR\//, "Opera"],
  [/\bVivaldi\//, "Vivaldi"],
  [/Chrom(e|ium)\//, "Chrome"],
]

const SYSTEMS: Record<string, string> = {
  mac: "macOS",
  win: "Windows",
  android: "Android",
  cros: "ChromeOS",
  linux: "Linux",
  openbsd: "OpenBSD",
  fuchsia: "Fuchsia",
}

/**
 * What this device is called in "your devices" and in reasons: e.g. `Firefox on Linux`. `os` is that of
 * `runtime.getPlatformInfo()`.
 */
export const deviceLabel = (userAgent: string, os: string): string => {
  const browser = BROWSERS.find(([pattern]) => pattern.test(userAgent))?.[1] ?? "Browser"
  return `${browser} on ${SYSTEMS[os] ?? os}`
}
