import { dnsRecords, type PublishedRecord, zoneFile } from "../mail/dns.ts"
import { stsPolicy } from "../mail/sts-policy.ts"
import { hostOf } from "../settings/readers.ts"
import { EXIT } from "../start-error.ts"
import { type Command, none, type Opened, readArgs, withNewStore } from "./command.ts"
import { printList } from "./print.ts"
import { chooseDomains, signingKeys } from "./values.ts"

/** `porchlight dns`: what to publish for the mail domains, so that mail arrives and is trusted. */
export const dns: Command = {
  name: "dns",
  summary: "the DNS records to publish for the mail domains",
  help: `usage: porchlight dns [--domain DOMAIN] [--zone] [--json]

Prints the records that PORCHLIGHT_MAIL_DOMAIN has to publish, and those of the accounts' own mail domains: MX,
SPF, DKIM (while keys are exchanged, old and new), DMARC; and, better than not, MTA-STS and TLS-RPT. The keys are
made here if the relay has not been started yet. What is set as PORCHLIGHT_MAIL_ADDRESSES is in SPF, with its PTR.
  --domain  of this domain only
  --zone    as lines of a zone file

The policy of MTA-STS is served by the relay: the certificate of its HTTPS has to be good for mta-sts.DOMAIN too.
“porchlight doctor” looks whether all of it is there.

example:
  PORCHLIGHT_MAIL_DOMAIN=chat.lamps.example porchlight dns --zone`,
  run: (args, io) => {
    const { values, positionals } = readArgs(args, {
      domain: { type: "string" },
      zone: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
    })
    none(positionals)
    return withNewStore(io, async (opened) => {
      const records = await recordsOf(opened, values.domain)
      if (values.zone) io.out(zoneFile(records))
      else {
        // The value last: keys are long, and would push all else out of sight.
        const cells = (row: PublishedRecord) => [
          row.name,
          row.type,
          row.optional ? `${row.purpose} (optional)` : row.purpose,
          row.value,
        ]
        printList(io, values.json, records, ["name", "type", "for", "value"], cells, "")
      }
      return EXIT.ok
    })
  },
}

const recordsOf = async (opened: Opened, domain: string | undefined): Promise<PublishedRecord[]> => {
  const { config, clock } = opened
  const now = clock.now()
  const keys = await signingKeys(opened)
  const domains = await chooseDomains(opened, domain)
  const records = domains.flatMap((one) =>
    dnsRecords({
      domain: one,
      host: config.mailHost,
      webHost: hostOf(config.publicUrl),
      keys,
      now,
      smarthost: "host" in config.outbound ? config.outbound.host : null,
      addresses: config.mailAddresses ?? [],
      policy: stsPolicy(config.mailHost, config.tls !== null),
    }),
  )
  // The addresses are the relay's, whatever domain it is about.
  const key = ({ name, type }: PublishedRecord) => `${type} ${name}`
  return records.filter(
    (one, at) => one.kind !== "ptr" || records.findIndex((other) => key(other) === key(one)) === at,
  )
}
