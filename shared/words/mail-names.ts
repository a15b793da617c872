/** Names at a mail domain: what they may be, and which one somebody gets from what they are called. */

/** RFC 5321 4.5.3.1.1. */
const MAX_NAME = 64

/** Leaves room for a number, and is still read out over the telephone. */
const MAX_SLUG = 40

/** RFC 2142, and addresses that programs write from: mail to them is not for a person of an account. */
const RESERVED = new Set([
  "postmaster",
  "abuse",
  "mailer-daemon",
  "hostmaster",
  "webmaster",
  "noreply",
  "no-reply",
])

/** RFC 5322 3.2.3, without what means something in an address: `+` (sub-address), `%` and `!` (routes). */
const DOT_ATOM = /^[a-z0-9#$&'*/=?^_`{|}~-]+(?:\.[a-z0-9#$&'*/=?^_`{|}~-]+)*$/

/** Letters that no decomposition takes apart. */
const FOLDED: Record<string, string> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  đ: "d",
  ð: "d",
  þ: "th",
  ł: "l",
  ı: "i",
}

/** Whether the relay itself uses a name: for the operator, for answers (`r-…`) or for bounces (`b-…`). */
export const isReserved = (name: string): boolean => RESERVED.has(name) || /^[rb]-/.test(name)

/** A name as it is kept and compared: lowercase, without a sub-address (`anna+shop` is `anna`). */
export const plainName = (localPart: string): string => localPart.toLowerCase().split("+", 1)[0]!

/** Why a name (lowercase) cannot be had by anybody, as an admin reads it; null if it can. */
export const faultOfName = (name: string): string | null => {
  if (isReserved(name))
    return `“${name}” is kept for the relay itself (as are postmaster, abuse, noreply, and all that begin with r- or b-): choose another name`
  if (name.includes("+"))
    return `“${name}” has a +: what follows a + is a sub-address, and mail to name+anything reaches name already`
  if (name.length > MAX_NAME) return `“${name}” is longer than ${MAX_NAME} characters: choose a shorter name`
  if (!DOT_ATOM.test(name))
    return `“${name}” cannot stand before the @ of an address: use letters a to z, digits, and single dots, hyphens or underscores between them`
  return null
}

/**
 * The name somebody gets from what they are called: ASCII, lowercase, hyphens between words. `instead` where
 * nothing is left, as of names in other scripts.
 */
export const slugOf = (called: string, instead: string): string => {
  const folded = called
    .toLowerCase()
    .replace(/[ßæœøđðþłı]/g, (letter) => FOLDED[letter] ?? letter)
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
  const slug = folded
    .replace(/['’]/g, "")
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, MAX_SLUG)
    .replace(/^-+|-+$/g, "")
    .replace(/^([rb])-/, "$1")
  return slug === "" ? instead : slug
}

/** The n-th name to be tried: `anna`, `anna-2`, `anna-3` …; of B and R `b2`, as nobody can have `b-2`. */
export const numbered = (slug: string, n: number): string => {
  if (n === 1) return slug
  return /^[rb]$/.test(slug) ? `${slug}${n}` : `${slug}-${n}`
}
