import { makeDkimKeys } from "../mail/dkim-keys.ts"
import { dnsRecords, zoneFile } from "../mail/dns.ts"
import { EXIT } from "../start-error.ts"
import { type Command, none, readArgs, withNewStore } from "./command.ts"
import { printList } from "./print.ts"

/** `porchlight dns`: what to publish for the mail domain, so that mail arrives and is trusted. */
export const dns: Command = {
  name: "dns",
  summary: "the DNS records to publish for the mail domain",
  help: `usage: porchlight dns [--zone] [--json]

Prints the records that PORCHLIGHT_MAIL_DOMAIN has to publish: MX, SPF, both DKIM keys and DMARC. The keys
are made here if the relay has not been started yet. Where a name of PORCHLIGHT_PUBLIC_URL is no public one,
the MX names the mail domain itself: give that an A and AAAA record.
  --zone   as lines of a zone file

example:
  PORCHLIGHT_MAIL_DOMAIN=chat.lamps.example porchlight dns --zone`,
  run: (args, io) => {
    const { values, positionals } = readArgs(args, {
      zone: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
    })
    none(positionals)
    return withNewStore(io, async ({ config, store, clock }) => {
      const now = clock.now()
      const keys = await store.run("readSigningKeys", { make: await makeDkimKeys(now) }, now)
      const records = dnsRecords({
        mailDomain: config.mailDomain,
        publicUrl: config.publicUrl,
        keys,
        now,
        smarthost: "host" in config.outbound ? config.outbound.host : null,
      })
      if (values.zone) io.out(zoneFile(records))
      else {
        const cells = (row: (typeof records)[number]) => [row.name, row.type, row.value, row.purpose]
        printList(io, values.json, records, ["name", "type", "value", "for"], cells, "")
      }
      return EXIT.ok
    })
  },
}
