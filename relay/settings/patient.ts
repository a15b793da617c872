import type { Config } from "../config.ts"
import type { Patient } from "../mail/doctor/examine.ts"
import { stsPolicy } from "../mail/sts-policy.ts"
import { hostOf } from "./readers.ts"

/** What the store and the clock say of a relay that is to be examined. */
type Told = Pick<Patient, "domains" | "keys" | "now" | "queue" | "clock" | "store" | "workers" | "probe">

/** A relay as its settings have it, to be examined. */
export const patientOf = (config: Config, told: Told): Patient => ({
  ...told,
  host: config.mailHost,
  webHost: hostOf(config.publicUrl),
  smarthost: "host" in config.outbound ? config.outbound.host : null,
  addresses: config.mailAddresses ?? [],
  policy: stsPolicy(config.mailHost, config.tls !== null),
  smtp: config.smtp,
  outbound: config.outbound,
  greets: [config.mailHost, config.mailDomain],
  certificate: config.tls?.cert ?? null,
  folder: config.data,
})
