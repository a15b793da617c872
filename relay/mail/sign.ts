import { createPublicKey, generateKeyPair } from "node:crypto"
import { promisify } from "node:util"
import { dkimSign } from "mailauth/lib/dkim/sign.js"
import type { Millis } from "../../shared/words/time.ts"

/**
 * DKIM (RFC 6376) with two keys: RSA 2048, which everybody checks, and Ed25519 (RFC 8463), which is short
 * enough for one DNS string and checked by more and more.
 */
export interface DkimKeys {
  /** Private keys, PEM (PKCS #8). */
  rsa: string
  ed25519: string
}

export const SELECTORS = { rsa: "pl-r1", ed25519: "pl-e1" } as const

const generate = promisify(generateKeyPair)

/** New keys, as text to be kept with the relay's secrets (`readDkimKeys` reads it). */
export const makeDkimKeys = async (): Promise<string> => {
  const format = { type: "pkcs8", format: "pem" } as const
  const [rsa, ed25519] = await Promise.all([generate("rsa", { modulusLength: 2048 }), generate("ed25519")])
  const keys: DkimKeys = {
    rsa: rsa.privateKey.export(format).toString(),
    ed25519: ed25519.privateKey.export(format).toString(),
  }
  return JSON.stringify(keys)
}

/** Name of the relay's secret that holds the keys. */
export const DKIM_SECRET = "dkim-keys"

/** Reads the kept text. Throws when it is not what `makeDkimKeys` wrote. */
export const readDkimKeys = (kept: string): DkimKeys => {
  const { rsa, ed25519 } = JSON.parse(kept) as Partial<DkimKeys>
  if (!rsa?.includes("PRIVATE KEY") || !ed25519?.includes("PRIVATE KEY")) {
    throw new Error(
      `the relay's secret “${DKIM_SECRET}” holds no DKIM keys: restore it, or remove it to make new ones`,
    )
  }
  return { rsa, ed25519 }
}

export interface DnsRecord {
  name: string
  type: "TXT"
  /** The whole value; a zone file splits it into strings of at most 255 characters. */
  value: string
}

/** What the mail domain has to publish for the signatures to be checked. */
export const dkimRecords = (keys: DkimKeys, domain: string): DnsRecord[] => {
  const rsa = createPublicKey(keys.rsa).export({ type: "spki", format: "der" }).toString("base64")
  // RFC 8463 3.2: the bare 32 bytes, without the wrapping of SPKI.
  const ed25519 = createPublicKey(keys.ed25519)
    .export({ type: "spki", format: "der" })
    .subarray(-32)
    .toString("base64")
  return [
    { name: `${SELECTORS.rsa}._domainkey.${domain}`, type: "TXT", value: `v=DKIM1; k=rsa; p=${rsa}` },
    {
      name: `${SELECTORS.ed25519}._domainkey.${domain}`,
      type: "TXT",
      value: `v=DKIM1; k=ed25519; p=${ed25519}`,
    },
  ]
}

/** Fields that are signed where they occur; what decides who it is from, what it says and how it is answered. */
const SIGNED = [
  "From",
  "Reply-To",
  "To",
  "Subject",
  "Date",
  "Message-ID",
  "In-Reply-To",
  "References",
  "MIME-Version",
  "Content-Type",
  "Content-Transfer-Encoding",
  "Content-Language",
  "Auto-Submitted",
  "List-Unsubscribe",
  "List-Unsubscribe-Post",
]

/**
 * Puts both signatures above a message (CRLF line ends), relaxed/relaxed. `at` is the time of signing.
 * Throws when a key cannot sign: better no mail than one that looks forged.
 */
export const signMail = async (raw: Buffer, keys: DkimKeys, domain: string, at: Millis): Promise<Buffer> => {
  const { signatures, errors } = await dkimSign(raw, {
    canonicalization: "relaxed/relaxed",
    signTime: new Date(at),
    headerList: SIGNED,
    signingDomain: domain,
    selector: SELECTORS.rsa,
    privateKey: keys.rsa,
    signatureData: [
      { signingDomain: domain, selector: SELECTORS.rsa, privateKey: keys.rsa },
      { signingDomain: domain, selector: SELECTORS.ed25519, privateKey: keys.ed25519 },
    ],
  })
  if (errors && errors.length > 0) throw new Error(`DKIM signing failed: ${errors.map(String).join("; ")}`)
  return Buffer.concat([Buffer.from(signatures), raw])
}
