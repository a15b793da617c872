/**
 * Takes a person's name and addresses out of what was written down about others too: facts of verdicts, mails that
 * went out, the log. What people wrote is not touched by this.
 */
export interface Nameless {
  /** What they were called, now and before. */
  names: ReadonlySet<string>
  /** Lowercase. */
  addresses: readonly string[]
  /** What stands there instead of a name, and of an address. */
  name: string
  address: string
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")

/** A text: the name where it is all of it, or before a colon (`Ada: sent twice`), addresses wherever they stand. */
const namelessText = (text: string, who: Nameless): string => {
  if (who.names.has(text)) return who.name
  const colon = text.indexOf(": ")
  const start = colon > 0 && who.names.has(text.slice(0, colon)) ? `${who.name}${text.slice(colon)}` : text
  return who.addresses.reduce(
    (rest, address) => rest.replace(new RegExp(escaped(address), "gi"), () => who.address),
    start,
  )
}

/** JSON text, in all its strings and keys; what is no JSON is a text. */
export const namelessJson = (text: string, who: Nameless): string => {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return namelessText(text, who)
  }
  const before = JSON.stringify(json)
  const after = JSON.stringify(walk(json, who))
  // Left as it is written, where nothing was found.
  return before === after ? text : after
}

const walk = (json: unknown, who: Nameless): unknown => {
  if (typeof json === "string") return namelessText(json, who)
  if (Array.isArray(json)) return json.map((one) => walk(one, who))
  if (json === null || typeof json !== "object") return json
  return Object.fromEntries(
    Object.entries(json).map(([key, value]) => [namelessText(key, who), walk(value, who)]),
  )
}

/** Whether bytes, such as a mail, hold one of the names or addresses; in quoted-printable they may not be found. */
export const holdsName = (bytes: Uint8Array, who: Nameless): boolean => {
  const text = Buffer.from(bytes).toString("latin1").toLowerCase()
  const names = [...who.names].map((name) => Buffer.from(name, "utf8").toString("latin1").toLowerCase())
  return [...names, ...who.addresses].some((one) => text.includes(one))
}
