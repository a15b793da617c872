/** What a mail server's name and words tell of it. All of this is for wording; no decision hangs on it. */

/** Whose kind of mail server it is, as far as its name, its words or a known address tell. */
export type Provider = "google" | "microsoft" | "other"

const NAMES: [RegExp, Provider][] = [
  [/\bgoogle(mail)?\.com\b|\bgmail\b|\bgsmtp\b/i, "google"],
  [/\boutlook\.com\b|\boffice365\.|\bhotmail\b|\bmicrosoft\.com\b|\boffice\.com\b/i, "microsoft"],
  [/@(hotmail|live|outlook|msn)\.[a-z.]{2,6}$/i, "microsoft"],
]

/** Reads it from what is known of one try: the server's name, its answer, the address. */
export const providerOf = (said: { server?: string | null; answer: string; address: string }): Provider => {
  const all = [said.server ?? "", said.answer, said.address]
  return NAMES.find(([name]) => all.some((text) => name.test(text)))?.[1] ?? "other"
}

/** Ways in which servers name the number under which they keep a mail. */
const QUEUE_IDS = [
  /queued (?:mail )?(?:for delivery )?(?:as|id)[ :=]+<?([\w.-]{4,80})/i,
  /\b(?:id|queue[- ]?id)[=: ]+<?([\w.-]{4,80})/i,
  // Google: `2.0.0 OK  1763746800 5b1f17b1804b1-42b2a… - gsmtp`
  /\bOK\s+\d{9,10}\s+([\w.-]{8,80}) - gsmtp/i,
  // Microsoft: `<message-id> [InternalId=123, Hostname=…] … Queued mail for delivery`
  /\[InternalId=(\d+)/i,
]

/** The number under which a server keeps a mail that it took; null where its answer names none we know. */
export const queueIdOf = (answer: string): string | null => {
  for (const pattern of QUEUE_IDS) {
    const id = pattern.exec(answer)?.[1]?.replace(/[.]+$/, "")
    if (id) return id
  }
  return null
}

const IPV4 = /(?<![\d.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\d.]*\d)/
// With `::`, or all eight groups: `18:40:00` is a time of day.
const IPV6 = /(?<![\w:])(?=[0-9a-f:]*::|(?:[0-9a-f]{1,4}:){7})[0-9a-f]{1,4}:[0-9a-f:]{2,37}(?<!:)(?![\w:])/i

/** The address we sent from, where the server names it: the only one that a refusal speaks of. */
export const namedIp = (answer: string): string | null =>
  IPV4.exec(answer)?.[0] ?? IPV6.exec(answer)?.[0] ?? null

const LISTS: [RegExp, string][] = [
  [/spamhaus|\bzen\b.{0,20}\b(sbl|xbl|pbl)\b/i, "Spamhaus"],
  [/spamcop/i, "SpamCop"],
  [/barracuda/i, "Barracuda"],
  [/\bsorbs\b/i, "SORBS"],
  [/abusix/i, "Abusix"],
  [/uceprotect/i, "UCEPROTECT"],
]

/** The public block list that an answer names. */
export const blockListIn = (answer: string): string | null =>
  LISTS.find(([name]) => name.test(answer))?.[1] ?? null
