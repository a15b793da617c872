/** An inner part of mailauth 7.1.0 that it brings no types for; the version is exact for its sake. */

declare module "mailauth/lib/dmarc/get-dmarc-record.js" {
  /** The record that applies to a domain, its own or from above (RFC 9989 4.10.1); false: none does. */
  const getDmarcRecord: (
    domain: string,
    resolver: (name: string, type: string) => Promise<unknown>,
  ) => Promise<{ p?: string; sp?: string; rr: string; recordDomain: string } | false>
  export default getDmarcRecord
}
