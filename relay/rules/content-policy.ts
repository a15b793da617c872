/**
 * What Content-Security-Policies say of a script or a frame (W3C CSP Level 3, 6.7.2): as far as a tag of ours needs
 * it. All policies of a page have to allow it.
 */

type Kind = "script-src" | "frame-src"

export interface Wanted {
  /** Origin of the page. */
  page: string
  target: URL
  /** Of the script's tag. */
  nonce?: string | undefined
}

/** Where a browser looks for what a directive does not say (6.8.3). */
const FALLBACK: Record<Kind, readonly string[]> = {
  "script-src": ["script-src-elem", "script-src", "default-src"],
  "frame-src": ["frame-src", "child-src", "default-src"],
}

const directivesOf = (policy: string): Map<string, string[]> => {
  const found = new Map<string, string[]>()
  for (const part of policy.split(";")) {
    const [name, ...sources] = part.trim().split(/\s+/)
    // The first of a name counts (4.1.1).
    if (name && !found.has(name.toLowerCase())) found.set(name.toLowerCase(), sources)
  }
  return found
}

/** The directive that forbids it, as it is written; null where nothing does. */
export const forbidding = (policies: readonly string[], kind: Kind, wanted: Wanted): string | null => {
  // A header may hold several, with commas between.
  for (const policy of policies.flatMap((one) => one.split(","))) {
    const directives = directivesOf(policy)
    const name = FALLBACK[kind].find((one) => directives.has(one))
    const sources = name === undefined ? undefined : directives.get(name)
    if (name !== undefined && sources !== undefined && !allows(sources, kind, wanted)) return name
  }
  return null
}

const allows = (sources: readonly string[], kind: Kind, wanted: Wanted): boolean => {
  const { nonce } = wanted
  if (kind === "script-src") {
    if (nonce !== undefined && nonce !== "" && sources.includes(`'nonce-${nonce}'`)) return true
    // Then names of hosts count for nothing.
    if (sources.some((source) => source.toLowerCase() === "'strict-dynamic'")) return false
  }
  return sources.some((source) => fits(source, wanted))
}

const fits = (source: string, { page, target }: Wanted): boolean => {
  const lower = source.toLowerCase()
  if (lower === "*") return ["http:", "https:"].includes(target.protocol)
  if (lower === "'self'") return page === target.origin
  if (/^[a-z][a-z0-9+.-]*:$/.test(lower)) return isScheme(lower, target.protocol)
  const [, scheme, host = "", port, path] =
    /^(?:([a-z][a-z0-9+.-]*):\/\/)?(\*|(?:\*\.)?[a-z0-9.[\]:-]*?)(?::(\d+|\*))?(\/.*)?$/.exec(source) ?? []
  if (host === "") return false
  const protocol = scheme === undefined ? new URL(page).protocol : `${scheme.toLowerCase()}:`
  if (!isScheme(protocol, target.protocol)) return false
  if (!isHost(host.toLowerCase(), target.hostname)) return false
  if (!isPort(port, target)) return false
  return (
    path === undefined ||
    path === "/" ||
    (path.endsWith("/") ? target.pathname.startsWith(path) : target.pathname === path)
  )
}

/** http allows https too. */
const isScheme = (allowed: string, actual: string): boolean =>
  allowed === actual || (allowed === "http:" && actual === "https:")

const isHost = (allowed: string, actual: string): boolean =>
  allowed === "*" || (allowed.startsWith("*.") ? actual.endsWith(allowed.slice(1)) : actual === allowed)

const isPort = (allowed: string | undefined, { port, protocol }: URL): boolean => {
  const usual = protocol === "https:" ? "443" : "80"
  const actual = port === "" ? usual : port
  return allowed === "*" || actual === (allowed ?? usual)
}
