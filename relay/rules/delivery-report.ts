import type { DeliveryOutcome } from "../../shared/words/outcomes.ts"
import { HOUR, type Millis } from "../../shared/words/time.ts"

/** Whom a forwarded mail's failure is reported to (mail.md, "Automatic mail and loops"), and in which words. */

/** What is known of a forwarded mail when it fails. */
export interface ForwardedFacts {
  /** Empty for the null sender; this, and the one address of the From field, with domains in ASCII. */
  envelopeFrom: string
  from: string | null
  /** A program wrote it, or it came through a list. */
  automatic: boolean
  auth: {
    spf: { result: string; domain: string | null }
    dmarc: { result: string; domain: string | null }
  } | null
}

const domainOf = (address: string): string => address.slice(address.lastIndexOf("@") + 1).toLowerCase()

/** A domain, or a part of it: whoever has `shop.example` has `bounces.shop.example`, and not the other way round. */
const isWithin = (part: string, whole: string): boolean =>
  whole !== "" && (part === whole || part.endsWith(`.${whole}`))

/**
 * The address that is told, or null for nobody. A report goes to the envelope sender (RFC 3464 2), and only where
 * it is proven that they sent the mail: SPF passed for their domain; or DMARC passed and From, which that proves,
 * is of their domain. DMARC for another domain's From proves nothing of who stands in the envelope.
 */
export const toldOf = ({ envelopeFrom, from, automatic, auth }: ForwardedFacts): string | null => {
  if (!/^[^\s<>@]+@[^\s<>@]+$/.test(envelopeFrom) || automatic || auth === null) return null
  const domain = domainOf(envelopeFrom)
  const bySpf = auth.spf.result === "pass" && auth.spf.domain?.toLowerCase() === domain
  const byDmarc = auth.dmarc.result === "pass" && from !== null && isWithin(domain, domainOf(from))
  return domain !== "" && (bySpf || byDmarc) ? envelopeFrom : null
}

/** Reports to one sender, from one account. */
const MOST = 10
const WINDOW: Millis = 24 * HOUR

export interface Count {
  since: Millis
  count: number
}

/** The count with one more report; null if the sender has had enough of them for now. */
export const countReport = (before: Count | null, now: Millis): Count | null => {
  if (before === null || now - before.since >= WINDOW) return { since: now, count: 1 }
  return before.count >= MOST ? null : { ...before, count: before.count + 1 }
}

/**
 * A server's answer without anything that tells where the mail went: addresses, hosts, links, and both parts of
 * the destination wherever they stand. The codes stay.
 */
export const maskAnswer = (answer: string, destination: string, name: string): string => {
  const at = destination.lastIndexOf("@")
  const parts = [
    destination.slice(0, at),
    ...destination
      .slice(at + 1)
      .split(".")
      .slice(0, -1),
  ]
  const known = [...new Set(parts.flatMap((part) => [part, ...part.split(/[.+_-]/)]))]
    .filter((part) => part.length >= 2)
    .sort((a, b) => b.length - a.length)
  // Stands for the name, so that it is not masked itself; no answer has one (oneLine).
  const hidden = "\u0000"
  let text = answer
    .replaceAll(hidden, "")
    .replace(/\b\w+:\/\/\S+/g, "…")
    .replace(/<?[^\s<>:;,()'"@]+(?:@|=40|%40)[^\s<>:;,()'"]+>?/gi, hidden)
    .replace(/\[[^\]\s]*[.:][^\]\s]*\]/g, "[…]")
    .replace(/(?<![\w.-])(?![245]\.\d{1,3}\.\d{1,3}(?![\w.-]))[\w-]+(?:\.[\w-]+)+\.?/g, "…")
    .replace(/(?<![\w:])[0-9a-f]*:[0-9a-f:]*:[0-9a-f]+(?![\w:])/gi, "…")
  for (const part of known)
    text = text.replace(new RegExp(part.replace(/[^\p{L}\p{N}]/gu, "\\$&"), "gi"), "…")
  return text.replaceAll(hidden, `<${name}>`).replace(/\s+/g, " ").trim()
}

/**
 * RFC 3463: what was said, by the server or, where none was asked, by us (`5.1.10 … null MX`), in the class of what
 * has failed for good; else what its class stands for.
 */
export const statusOf = ({ outcome, answer }: { outcome: DeliveryOutcome; answer: string }): string => {
  const said = /^(?:\d{3}[ -])?[245](\.\d{1,3}\.\d{1,3})(?![\w.])/.exec(answer)?.[1]
  return said === undefined ? STATUS[outcome] : `5${said}`
}

const STATUS: Record<DeliveryOutcome, string> = {
  "mailbox-full": "5.2.2",
  "address-wrong": "5.1.1",
  "domain-blocked": "5.7.1",
  greylisted: "5.4.7",
  "rate-limited": "5.4.7",
  "too-large": "5.3.4",
  policy: "5.7.1",
  connection: "5.4.7",
  unknown: "5.0.0",
}
