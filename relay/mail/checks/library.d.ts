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
    headerFrom: string[]
    fromFields: number
    headers: { parsed: ParsedField[] }
    results: {
      id?: string
      signingDomain?: string
      selector?: string
      status: { result: string; aligned?: string | false; underSized?: number }
    }[]
    arc: import("mailauth").ARCData & { chain: import("mailauth").ARCChainEntry[] | false }
    bodyHashes: Map<string, { mimeStructureStartFinder: { boundary?: string } }>
    messageHeaders(headers: { parsed: ParsedField[]; original: Buffer }): Promise<void>
    nextChunk(chunk: Buffer): Promise<void>
    finalChunk(): Promise<void>
    /** Reads one signature; called for each before anything is hashed. */
    prepareSignature(signature: PreparedSignature): void
  }
}

declare module "mailauth/lib/tools.js" {
  export const parseHeaders: (header: Buffer) => {
    parsed: { key: string | null; line: Buffer }[]
    original: Buffer
  }
  /** The first of the domains that has the same organisational domain, by the Public Suffix List; false if none. */
  export const getAlignment: (from: string, domains: string[], strict: boolean) => { domain: string } | false
  export const formatDomain: (domain: string) => string
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
