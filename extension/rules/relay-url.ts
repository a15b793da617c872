/** Where the relay of a first run listens. */
export const DEFAULT_RELAY = "http://127.0.0.1:8420"

const LOOPBACK = new Set(["127.0.0.1", "localhost"])

export type RelayUrl =
  | { ok: true; origin: string }
  /** `malformed`: no web address; `insecure`: plain http to another machine would show token and messages. */
  | { ok: false; why: "malformed" | "insecure" }

/**
 * Reads what a person typed as a relay's address: `chat.example.com`, `https://chat.example.com/desk`, … Only
 * the origin is kept. Without a scheme it is https, but http on this machine.
 */
export const readRelayUrl = (typed: string): RelayUrl => {
  const text = typed.trim()
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `${defaultScheme(text)}://${text}`
  if (text === "" || !URL.canParse(withScheme)) return { ok: false, why: "malformed" }
  const url = new URL(withScheme)
  if (url.protocol === "https:") return { ok: true, origin: url.origin }
  if (url.protocol !== "http:") return { ok: false, why: "malformed" }
  return LOOPBACK.has(url.hostname) ? { ok: true, origin: url.origin } : { ok: false, why: "insecure" }
}

const defaultScheme = (text: string): "http" | "https" =>
  LOOPBACK.has(text.split(/[:/]/)[0] ?? "") ? "http" : "https"

/** The permission that reaches a relay even where its CORS headers get lost; null where we always have it. */
export const permissionFor = (relay: string): string | null =>
  LOOPBACK.has(new URL(relay).hostname) ? null : `${relay.replace(/:\d+$/, "")}/*`
