import type { Jail } from "./jail.ts"

/** What OpenDKIM says of one signature. */
export interface Verified {
  result: string
  domain: string
  algorithm: string
}

/**
 * OpenDKIM's verdict on each signature of a mail, in the order of its header. `records`: what the DNS has, name to
 * text; it asks nobody.
 */
export const verified = async (
  jail: Jail,
  raw: Buffer,
  records: Record<string, string>,
): Promise<Verified[]> => {
  const dns = Object.entries(records).map(([name, text]) => `${name} ${text}\n`)
  const settings = [
    "Mode v",
    `TestDNSData file:${jail.write("opendkim.dns", dns.join(""))}`,
    "AuthservID opendkim.test",
    "AlwaysAddARHeader yes",
    "",
  ]
  const config = jail.write("opendkim.conf", settings.join("\n"))
  const mail = jail.write("mail.eml", raw)
  const { output } = await jail.run("/usr/sbin/opendkim", ["-x", config, "-vv", "-t", mail])
  const said = /hname='Authentication-Results' hvalue='([^']*)'/.exec(output)?.[1]
  if (said === undefined) throw new Error(`OpenDKIM gave no result:\n${output}`)
  return [...said.matchAll(/dkim=(\w+)[^;]*? header\.d=(\S+)[^;]*? header\.a=([\w-]+)/g)].map(
    ([, result = "", domain = "", algorithm = ""]) => ({ result, domain, algorithm }),
  )
}
