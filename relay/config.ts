import { isAbsolute, resolve } from "node:path"
import type { Millis } from "../shared/words/time.ts"
import { withoutSecret } from "./log.ts"
import * as read from "./settings/readers.ts"
import { SETTINGS, type SettingName } from "./settings/table.ts"

/** What operators set, read and checked. See relay/settings/table.ts for what each means. */
export interface Config {
  /** Absolute. */
  data: string
  databaseUrl: string | null
  http: read.Listen
  smtp: read.Listen
  /** Origin that browsers use, without a slash at the end. */
  publicUrl: string
  mailDomain: string
  /** Under which mail servers reach the relay. */
  mailHost: string
  /** IP addresses that mail leaves from; null: those that the DNS gives for `mailHost`. */
  mailAddresses: string[] | null
  outbound: read.Outbound
  graceMs: Millis
  waitMs: Millis
  /** How long events are kept. */
  historyMs: Millis
  /** How long the log of changes is kept. */
  changesMs: Millis
  /** Paths of PEM files. */
  tls: { cert: string; key: string } | null
  log: "pretty" | "json"
  /** Reverse proxies (addresses or networks) whose `X-Forwarded-For` is believed. */
  proxies: string[]
  /** Whether mail that comes in is checked, and forwarded mail sealed. */
  mailChecks: boolean
  /** Networks of mail servers whose Received fields are believed. */
  mailGateways: string[]
  /** DNS servers for mail, `address` or `address:port`; null: those of the machine. */
  dns: string[] | null
  /** Private networks that mail may be sent to by `mx`. */
  privateTargets: string[]
  /** Networks whose PROXY protocol is believed. */
  smtpProxies: string[]
  /** Largest mail taken in, bytes. */
  smtpMaxSize: number
  /** Messages a visitor and address may write within 10 s. */
  visitorRate: number
}

/** One setting that is wrong: its name, its value as it may be shown, and what would be right. */
export interface SettingProblem {
  name: string
  value: string
  right: string
}

/** All that is wrong with the settings, one line each. */
export class SettingsError extends Error {
  readonly problems: SettingProblem[]

  constructor(problems: SettingProblem[]) {
    super(problems.map(({ name, value, right }) => `${name} is “${value}”: ${right}`).join("\n"))
    this.name = "SettingsError"
    this.problems = problems
  }
}

type Environment = Record<string, string | undefined>

/**
 * Reads the settings from an environment. An empty value counts as not set. Unknown names that begin with
 * PORCHLIGHT_ are refused, as they are most likely misspelt.
 * Throws SettingsError with everything that is wrong.
 */
export const readConfig = (env: Environment, terminal = process.stderr.isTTY === true): Config => {
  const problems: SettingProblem[] = unknownNames(env)

  const setting = <T>(name: SettingName, reader: read.Reader<T>, fallback: T): T => {
    const value = env[name]?.trim() ?? ""
    if (value === "") return fallback
    const result = reader(value)
    if ("value" in result) return result.value
    problems.push({ name, value: withoutSecret(value), right: result.right })
    return fallback
  }
  /** The default of the table, read as if somebody had set it: defaults live in one place. */
  const preset = <T>(name: SettingName, reader: read.Reader<T>): T => {
    const result = reader(SETTINGS[name].preset ?? "")
    if ("value" in result) return setting(name, reader, result.value)
    throw new Error(`the default of ${name} is wrong: ${result.right}`)
  }

  const http = preset("PORCHLIGHT_HTTP", read.listen)
  const cert = setting("PORCHLIGHT_TLS_CERT", read.file, null)
  const key = setting("PORCHLIGHT_TLS_KEY", read.file, null)
  if ((cert === null) !== (key === null)) problems.push(halfTls(cert))
  const tls = cert !== null && key !== null ? { cert, key } : null

  const publicUrl = setting("PORCHLIGHT_PUBLIC_URL", read.origin, read.originOf(http, tls !== null))
  const mailDomain = preset("PORCHLIGHT_MAIL_DOMAIN", read.domain)
  const outbound = withTestPort(preset("PORCHLIGHT_OUTBOUND", read.outbound), env)
  // While nothing leaves the relay, nobody outside has a reply token, and no domain vouches for a trial's mail.
  const checks = outbound.kind === "capture" ? "off" : "on"
  const config: Config = {
    data: absolute(preset("PORCHLIGHT_DATA", read.text)),
    databaseUrl: setting("PORCHLIGHT_DATABASE_URL", read.postgresUrl, null),
    http,
    smtp: preset("PORCHLIGHT_SMTP", read.listen),
    publicUrl,
    mailDomain,
    mailHost: setting("PORCHLIGHT_MAIL_HOST", read.domain, read.hostOf(publicUrl) ?? mailDomain),
    mailAddresses: setting("PORCHLIGHT_MAIL_ADDRESSES", read.addresses, null),
    outbound,
    graceMs: preset("PORCHLIGHT_GRACE_SECONDS", read.seconds(0, 600)),
    waitMs: preset("PORCHLIGHT_WAIT_SECONDS", read.seconds(0, 600)),
    historyMs: preset("PORCHLIGHT_HISTORY_DAYS", read.days(1, 3650)),
    changesMs: preset("PORCHLIGHT_CHANGES_DAYS", read.days(1, 3650)),
    tls,
    log: setting("PORCHLIGHT_LOG", read.choice("pretty", "json"), terminal ? "pretty" : "json"),
    proxies: preset("PORCHLIGHT_PROXIES", read.networks),
    mailChecks: setting("PORCHLIGHT_MAIL_CHECKS", read.choice("on", "off"), checks) === "on",
    mailGateways: preset("PORCHLIGHT_MAIL_GATEWAYS", read.networks),
    dns: setting("PORCHLIGHT_DNS", read.servers, null),
    privateTargets: preset("PORCHLIGHT_PRIVATE_TARGETS", read.networks),
    smtpProxies: preset("PORCHLIGHT_SMTP_PROXIES", read.networks),
    smtpMaxSize: preset("PORCHLIGHT_SMTP_MAX_SIZE", read.size),
    visitorRate: preset("PORCHLIGHT_VISITOR_RATE", read.count(1, 1000)),
  }
  if (problems.length > 0) throw new SettingsError(problems)
  return config
}

/** Mail servers of tests cannot listen on port 25. */
const withTestPort = (outbound: read.Outbound, env: Environment): read.Outbound => {
  const port = Number(env.PORCHLIGHT_TEST_MX_PORT ?? 0)
  return outbound.kind === "mx" && port > 0 ? { ...outbound, port } : outbound
}

const absolute = (path: string): string => (isAbsolute(path) ? path : resolve(path))

const halfTls = (cert: string | null): SettingProblem => ({
  name: cert === null ? "PORCHLIGHT_TLS_CERT" : "PORCHLIGHT_TLS_KEY",
  value: "",
  right: `set it too, as ${cert === null ? "PORCHLIGHT_TLS_KEY" : "PORCHLIGHT_TLS_CERT"} is set: both or neither`,
})

const unknownNames = (env: Environment): SettingProblem[] =>
  Object.keys(env)
    .filter((name) => /^PORCHLIGHT_(?!TEST_)/.test(name) && !(name in SETTINGS))
    .map((name) => ({
      name,
      value: "…",
      right: `there is no such setting; the names are ${Object.keys(SETTINGS).join(", ")}`,
    }))
