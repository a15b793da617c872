import { createHash } from "node:crypto"

/**
 * The MTA-STS policy of our mail domains (RFC 8461 3.2), served at https://mta-sts.D/.well-known/mta-sts.txt:
 * whoever sends to us is to insist on TLS with a certificate of this host. `enforce` only while the relay has a
 * certificate: without one nobody could send to us any more.
 */
export const stsPolicy = (host: string, hasCertificate: boolean): string =>
  [
    "version: STSv1",
    `mode: ${hasCertificate ? "enforce" : "testing"}`,
    `mx: ${host}`,
    // A week, as RFC 8461 3.2 suggests at least: a change is seen by its id before that.
    "max_age: 604800",
    "",
  ].join("\r\n")

/** Changes with the policy, and only then (RFC 8461 3.1: at most 32 letters and digits). */
export const policyId = (policy: string): string =>
  createHash("sha256").update(policy).digest("hex").slice(0, 20)
