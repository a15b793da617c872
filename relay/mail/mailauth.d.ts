/** Inner parts of mailauth 7.1.0 that it brings no types for; the version is exact for their sake. */

declare module "mailauth/lib/dkim/dkim-verifier.js" {
  interface ParsedField {
    key: string | null
    line: Buffer
  }
  interface PreparedSignature {
    type: "DKIM" | "ARC"
    original?: Buffer
    /** Why it is passed over: no hash, no key, no result. */
    skip?: string
  }
  export class DkimVerifier {
    constructor(options: {
      resolver: (name: string, type: string) => Promise<unknown>
      sender: string
      curTime: Date
      strict: boolean
      minBitLength: number
    })
    resolver: (name: string, type: string) => Promise<unknown>
    keyCache: object
    headerFrom: string[]
    fromFields: number
    headers: { parsed: ParsedField[] }
    results: {
      id?: string
      signingDomain?: string
      selector?: string
      status: { result: string; aligned?: string | false; underSized?: number }
    }[]
    arc: import("mailauth").ARCData & { chain: import("mailauth").ARCChainEntry[] | false; keyCache: object }
    bodyHashes: Map<string, { mimeStructureStartFinder: { boundary?: string } }>
    messageHeaders(headers: { parsed: ParsedField[]; original: Buffer }): Promise<void>
    nextChunk(chunk: Buffer): Promise<void>
    finalChunk(): Promise<void>
    /** Reads one signature; called for each before anything is hashed. */
    prepareSignature(signature: PreparedSignature): void
  }
}

declare module "mailauth/lib/tools.js" {
  export interface ParsedHeader {
    parsed: { key: string | null; casedKey?: string; line: Buffer }[]
    original: Buffer
  }
  export const parseHeaders: (header: Buffer) => ParsedHeader
  /** The first of the domains that has the same organisational domain, by the Public Suffix List; false if none. */
  export const getAlignment: (from: string, domains: string[], strict: boolean) => { domain: string } | false
  export const formatDomain: (domain: string) => string
  export interface SigningLines {
    keys: string
    headers: { key: string | null; line: Buffer }[]
  }
  /** Fields to sign, from the last to the first; to verify, in the order of `names`. */
  export const getSigningHeaderLines: (
    parsed: ParsedHeader["parsed"],
    names: string,
    verify: boolean,
  ) => SigningLines
  export const formatSignatureHeaderLine: (
    type: "DKIM" | "ARC" | "AS",
    tags: Record<string, string | number | boolean | null | undefined>,
    folded: true,
  ) => string
  /** RFC 6376 3.4.2 */
  export const formatRelaxedLine: (line: Buffer | string, suffix?: string) => Buffer
  /** The field with an empty b= (RFC 6376 3.7). */
  export const stripSignatureValue: (line: Buffer) => Buffer
  /** What a key record says. Rejects with codes of its own for what is none. */
  export const getPublicKey: (
    type: string,
    name: string,
    minBitLength: number,
    resolver: (name: string, type: string) => Promise<unknown>,
    options: { strict: boolean; hashAlgo?: string },
  ) => Promise<{ publicKey: string | import("node:crypto").KeyObject }>
}

declare module "mailauth/lib/dkim/header/index.js" {
  export const generateCanonicalizedHeader: (
    type: "DKIM" | "ARC",
    lines: import("mailauth/lib/tools.js").SigningLines,
    options: {
      signingDomain: string
      selector: string
      algorithm: string
      canonicalization: string
      bodyHash: string
      instance: number | false
      /** Seconds. */
      timestamp: number
      expiration: false
    },
  ) => { canonicalizedHeader: Buffer; dkimHeaderOpts: Record<string, string | number | null> }
}

declare module "mailauth/lib/dmarc/author-domain.js" {
  export const getAuthorDomain: (from: string[], fields: number) => { authorDomain?: string; reason?: string }
}

declare module "mailauth/lib/dkim/body/relaxed.js" {
  /** Hash of a body in its relaxed form (RFC 6376 3.4.4). */
  export class RelaxedHash {
    constructor(algorithm: "sha256")
    update(chunk: Buffer): void
    digest(encoding: "base64"): string
  }
}

declare module "mailauth/lib/parse-received.js" {
  interface Clause {
    value: string
    comment?: string
  }
  export const parseReceived: (field: string) => { from?: Clause }
  /** Where the connection came from; never what the client said of itself. */
  export const getClientAddress: (from: Clause | undefined) => string | false
}
