import { createHash, createPrivateKey, type KeyObject, sign } from "node:crypto"
import { RelaxedHash } from "mailauth/lib/dkim/body/relaxed.js"
import { generateCanonicalizedHeader } from "mailauth/lib/dkim/header/index.js"
import {
  formatRelaxedLine,
  formatSignatureHeaderLine,
  getSigningHeaderLines,
  type ParsedHeader,
  stripSignatureValue,
} from "mailauth/lib/tools.js"
import type { Millis } from "../../shared/words/time.ts"
import type { DkimKey } from "./dkim-keys.ts"
import { parsedHeader } from "./parsed-header.ts"
import { eachSlice } from "./slices.ts"
import { bodyOf } from "./split.ts"

/**
 * Signatures over mails, made of mailauth's parts. Its own signer reads the private key anew for each signature,
 * which more than doubles what one costs (RSA 2048: 0.65 ms instead of 0.29); a relay has two keys for years.
 */
export interface Signing {
  key: DkimKey
  /** d= */
  domain: string
  /** t= */
  now: Millis
}

/** A mail read for signing: several signatures hash its body once. */
export interface SignedParts {
  header: ParsedHeader
  /** SHA-256 of the body in relaxed form (RFC 6376 3.4.4), base64. */
  bodyHash: string
}

export const readParts = async (raw: Buffer): Promise<SignedParts> => {
  const body = new RelaxedHash("sha256")
  await eachSlice(bodyOf(raw), (slice) => body.update(slice))
  return { header: parsedHeader(raw), bodyHash: body.digest("base64") }
}

/**
 * A signature field with its line end, relaxed/relaxed, over the fields named (`From:To:…`) as far as they are there:
 * DKIM-Signature (RFC 6376 3.5), or with `instance` ARC-Message-Signature (RFC 8617 4.1.2). Null without From.
 */
export const signatureField = (
  { header, bodyHash }: SignedParts,
  fields: string,
  { key, domain, now }: Signing,
  instance?: number,
): string | null => {
  const lines = getSigningHeaderLines(header.parsed, fields, false)
  if (!lines.headers.some((field) => field.key === "from")) return null
  const type = instance === undefined ? "DKIM" : "ARC"
  const { canonicalizedHeader, dkimHeaderOpts } = generateCanonicalizedHeader(type, lines, {
    signingDomain: domain,
    selector: key.selector,
    algorithm: `${key.algorithm}-sha256`,
    canonicalization: "relaxed/relaxed",
    bodyHash,
    instance: instance ?? false,
    timestamp: Math.floor(now / 1000),
    expiration: false,
  })
  const b = signatureOf(canonicalizedHeader, key)
  return `${formatSignatureHeaderLine(type, { ...dkimHeaderOpts, b }, true)}\r\n`
}

/**
 * ARC-Seal (RFC 8617 4.1.3, 5.1.1) over the sets that are there, oldest first, each as [results, signature, seal], and
 * the new set's results and signature. With its line end.
 */
export const sealField = (
  chain: readonly (readonly Buffer[])[],
  set: { instance: number; cv: "none" | "pass"; results: string; signature: string },
  { key, domain, now }: Signing,
): string => {
  const tags = {
    i: set.instance,
    a: `${key.algorithm}-sha256`,
    s: key.selector,
    d: domain,
    cv: set.cv,
    t: Math.floor(now / 1000),
  }
  // A signature of any value: folding must be the same with and without it.
  const unsigned = formatSignatureHeaderLine("AS", { ...tags, b: "a".repeat(73) }, true)
  const signed = Buffer.concat([
    ...[...chain.flat(), set.results, set.signature].map((field) => formatRelaxedLine(field, "\r\n")),
    stripSignatureValue(formatRelaxedLine(unsigned)),
  ])
  return `${formatSignatureHeaderLine("AS", { ...tags, b: signatureOf(signed, key) }, true)}\r\n`
}

/** RFC 8463 3: Ed25519 signs the hash. */
const signatureOf = (data: Buffer, dkimKey: DkimKey): string => {
  const key = readKey(dkimKey)
  const signature =
    dkimKey.algorithm === "rsa"
      ? sign("sha256", data, key)
      : sign(null, createHash("sha256").update(data).digest(), key)
  return signature.toString("base64")
}

/** Keys read, by their text; a relay has two, and two more while they are exchanged. */
const keys = new Map<string, KeyObject>()
const MAX_KEYS = 16

const readKey = ({ pem, selector }: DkimKey): KeyObject => {
  const known = keys.get(pem)
  if (known) return known
  if (keys.size >= MAX_KEYS) keys.clear()
  try {
    const key = createPrivateKey(pem)
    keys.set(pem, key)
    return key
  } catch (cause) {
    throw new Error(`DKIM signing failed: the key ${selector} cannot be read`, { cause })
  }
}
