import { generateKeyPairSync, type KeyObject } from "node:crypto"
import { dkimSign } from "mailauth/lib/dkim/sign.js"
import type { Zone } from "./dns-server.ts"

export interface DomainPlan {
  /** As published after `v=spf1 `; null: no SPF. `ip4:127.0.0.1 -all` if left out. */
  spf?: string | null
  /** As published after `v=DMARC1; `; null: no DMARC. `p=reject` if left out. */
  dmarc?: string | null
}

export interface SignPlan {
  canonicalization?: string
  /** Bytes of the body that are signed (`l=`); all if left out. */
  bodyBytes?: number
  /** Fields that are signed, as `From:Subject`. */
  fields?: string
  at?: number
  expires?: number
  /** d= if it is not the domain itself. */
  domain?: string
}

/** Somebody else's mail domain: what it publishes, and its signature on a mail. */
export interface MailDomain {
  name: string
  /** Put it into a DNS server's zone: `Object.assign(dns.zone, shop.zone)`. */
  zone: Zone
  /** For nodemailer, to sign by another program than the one that checks. */
  dkim: { domainName: string; keySelector: string; privateKey: string }
  /** Puts its DKIM signature (RSA, selector `s1`) on top. */
  sign(raw: Buffer | string, plan?: SignPlan): Promise<Buffer>
}

let pair: { privateKey: KeyObject; publicKey: KeyObject } | null = null

/** A domain that publishes SPF, DMARC and a DKIM key; all of them have the same key, as making one takes long. */
export const mailDomain = (name: string, { spf, dmarc }: DomainPlan = {}): MailDomain => {
  pair ??= generateKeyPairSync("rsa", { modulusLength: 2048 })
  const record = pair.publicKey.export({ type: "spki", format: "der" }).toString("base64")
  const privateKey = pair.privateKey.export({ type: "pkcs8", format: "pem" }).toString()
  return {
    name,
    zone: {
      [name]: spf === null ? {} : { TXT: [`v=spf1 ${spf ?? "ip4:127.0.0.1 -all"}`] },
      ...(dmarc !== null && { [`_dmarc.${name}`]: { TXT: [`v=DMARC1; ${dmarc ?? "p=reject"}`] } }),
      [`s1._domainkey.${name}`]: { TXT: [`v=DKIM1; k=rsa; p=${record}`] },
    },
    dkim: { domainName: name, keySelector: "s1", privateKey },
    sign: async (raw, plan = {}) => {
      const mail = Buffer.from(raw)
      const signingDomain = plan.domain ?? name
      const { signatures, errors } = await dkimSign(mail, {
        canonicalization: plan.canonicalization ?? "relaxed/relaxed",
        ...(plan.fields && { headerList: plan.fields.split(":") }),
        ...(plan.expires && { expires: new Date(plan.expires) }),
        signTime: new Date(plan.at ?? Date.UTC(2026, 0, 1)),
        signingDomain,
        selector: "s1",
        privateKey,
        signatureData: [{ signingDomain, selector: "s1", privateKey, maxBodyLength: plan.bodyBytes }],
      })
      if (errors?.length) throw new Error(errors.map(({ err }) => String(err)).join("; "))
      return Buffer.concat([Buffer.from(signatures), mail])
    },
  }
}
