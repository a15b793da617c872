import type { AuthResult } from "../../relay/mail/auth-result.ts"

/** What the checks find of a mail whose From domain signed it, or vouches for the server it came from. */
export const proven = (domain: string, by: "dkim" | "spf" = "dkim"): AuthResult => ({
  spf: { result: by === "spf" ? "pass" : "none", domain, identity: "mailfrom" },
  dkim: by === "dkim" ? [{ result: "pass", domain, selector: "s1", aligned: true }] : [],
  dmarc: { result: "pass", domain, policy: "reject" },
  arc: { result: "none", sealer: null },
  aligned: true,
  temporary: false,
})

/** Of one that anybody could have written; `temporary`: the DNS gave no answer. */
export const unproven = (domain: string, temporary = false): AuthResult => ({
  spf: { result: temporary ? "temperror" : "fail", domain, identity: "mailfrom" },
  dkim: [],
  dmarc: { result: temporary ? "temperror" : "fail", domain, policy: "reject" },
  arc: { result: "none", sealer: null },
  aligned: false,
  temporary,
})
