import { describe, expect, test } from "vitest"
import { type Config, readConfig, SettingsError } from "../../relay/config.ts"
import { SETTINGS, settingsPage } from "../../relay/settings/table.ts"

const problemsOf = (env: Record<string, string>) => {
  try {
    readConfig(env)
  } catch (error) {
    if (error instanceof SettingsError) return error.problems
    throw error
  }
  return []
}

test("with nothing set everything has its default", () => {
  const { data, ...config } = readConfig({}, true)
  expect(data).toBe(`${process.cwd()}/data`)
  expect(config).toEqual({
    databaseUrl: null,
    http: { host: "127.0.0.1", port: 8420 },
    smtp: { host: "127.0.0.1", port: 8425 },
    publicUrl: "http://127.0.0.1:8420",
    mailDomain: "porchlight.localhost",
    mailHost: "porchlight.localhost",
    mailAddresses: null,
    outbound: { kind: "capture" },
    graceMs: 120_000,
    waitMs: 120_000,
    historyMs: 90 * 86_400_000,
    changesMs: 730 * 86_400_000,
    tls: null,
    log: "pretty",
    proxies: ["127.0.0.1", "::1"],
    mailChecks: false,
    mailGateways: [],
    dns: null,
    privateTargets: [],
    smtpProxies: [],
    smtpMaxSize: 25_000_000,
    visitorRate: 20,
  } satisfies Omit<Config, "data">)
  expect(readConfig({}, false).log).toBe("json")
})

test("an empty value is no value", () => {
  expect(readConfig({ PORCHLIGHT_HTTP: " ", PORCHLIGHT_LOG: "" }, true)).toEqual(readConfig({}, true))
})

test.each<[string, string, Partial<Config>]>([
  ["PORCHLIGHT_HTTP", "[::1]:9000", { http: { host: "::1", port: 9000 }, publicUrl: "http://[::1]:9000" }],
  ["PORCHLIGHT_HTTP", "0.0.0.0:80", { http: { host: "0.0.0.0", port: 80 }, publicUrl: "http://127.0.0.1" }],
  ["PORCHLIGHT_PUBLIC_URL", "https://Chat.example.com/", { publicUrl: "https://chat.example.com" }],
  ["PORCHLIGHT_MAIL_DOMAIN", "Chat.Example.com", { mailDomain: "chat.example.com" }],
  ["PORCHLIGHT_GRACE_SECONDS", "0", { graceMs: 0 }],
  ["PORCHLIGHT_SMTP_MAX_SIZE", "500kB", { smtpMaxSize: 500_000 }],
  ["PORCHLIGHT_PROXIES", "10.0.0.0/8, fd00::/8", { proxies: ["10.0.0.0/8", "fd00::/8"] }],
  ["PORCHLIGHT_PROXIES", "none", { proxies: [] }],
  ["PORCHLIGHT_MAIL_GATEWAYS", "127.0.0.1, 10.1.0.0/16", { mailGateways: ["127.0.0.1", "10.1.0.0/16"] }],
  [
    "PORCHLIGHT_OUTBOUND",
    "smtp://me%40here:p%3Aw@mail.example.com",
    {
      outbound: {
        kind: "smtp",
        host: "mail.example.com",
        port: 587,
        secure: false,
        user: "me@here",
        pass: "p:w",
      },
    },
  ],
  ["PORCHLIGHT_OUTBOUND", "mx", { outbound: { kind: "mx", port: 25 }, mailChecks: true }],
  ["PORCHLIGHT_MAIL_CHECKS", "on", { mailChecks: true }],
  [
    "PORCHLIGHT_OUTBOUND",
    "smtps://[::1]:4650",
    { outbound: { kind: "smtp", host: "::1", port: 4650, secure: true, user: null, pass: null } },
  ],
])("%s=%s is read", (name, value, expected) => {
  expect(readConfig({ [name]: value })).toMatchObject(expected)
})

test.each([
  ["PORCHLIGHT_HTTP", "8420"],
  ["PORCHLIGHT_HTTP", "127.0.0.1:70000"],
  ["PORCHLIGHT_SMTP", "a b:25"],
  ["PORCHLIGHT_PUBLIC_URL", "chat.example.com"],
  ["PORCHLIGHT_PUBLIC_URL", "https://example.com/chat"],
  ["PORCHLIGHT_MAIL_DOMAIN", "10.0.0.1"],
  ["PORCHLIGHT_OUTBOUND", "sendmail"],
  ["PORCHLIGHT_OUTBOUND", "smtp://"],
  ["PORCHLIGHT_DATABASE_URL", "mysql://db"],
  ["PORCHLIGHT_GRACE_SECONDS", "601"],
  ["PORCHLIGHT_WAIT_SECONDS", "-1"],
  ["PORCHLIGHT_LOG", "loud"],
  ["PORCHLIGHT_SMTP_MAX_SIZE", "1"],
  ["PORCHLIGHT_PROXIES", "10.0.0.0/99"],
  ["PORCHLIGHT_VISITOR_RATE", "many"],
])("%s=%s is refused with what would be right", (name, value) => {
  expect(problemsOf({ [name]: value })).toEqual([{ name, value, right: expect.stringMatching(/to be/) }])
})

describe("problems", () => {
  test("are all named at once", () => {
    const names = problemsOf({
      PORCHLIGHT_HTTP: "?",
      PORCHLIGHT_LOG: "?",
      PORCHLIGHT_TLS_CERT: "cert.pem",
    }).map(({ name }) => name)
    expect(names.sort()).toEqual(["PORCHLIGHT_HTTP", "PORCHLIGHT_LOG", "PORCHLIGHT_TLS_KEY"])
  })

  test("name a misspelt setting", () => {
    expect(problemsOf({ PORCHLIGHT_HTPP: "127.0.0.1:80" })[0]?.right).toContain("PORCHLIGHT_HTTP")
  })

  test("show no password", () => {
    const [problem] = problemsOf({ PORCHLIGHT_OUTBOUND: "smtp://me:secret@host/path" })
    expect(problem?.value).toBe("smtp://me:***@host/path")
  })
})

test("every setting is in the page once", () => {
  const page = settingsPage()
  for (const name of Object.keys(SETTINGS)) expect(page.split(`\n| \`${name}\``)).toHaveLength(2)
})

test.each([
  [{}, "porchlight.localhost"],
  [
    { PORCHLIGHT_PUBLIC_URL: "http://127.0.0.1:8420", PORCHLIGHT_MAIL_DOMAIN: "chat.lamps.example" },
    "chat.lamps.example",
  ],
  [
    { PORCHLIGHT_PUBLIC_URL: "http://localhost:8420", PORCHLIGHT_MAIL_DOMAIN: "chat.lamps.example" },
    "chat.lamps.example",
  ],
  [
    { PORCHLIGHT_PUBLIC_URL: "http://[2001:db8::7]:80", PORCHLIGHT_MAIL_DOMAIN: "chat.lamps.example" },
    "chat.lamps.example",
  ],
  [{ PORCHLIGHT_PUBLIC_URL: "https://relay.lamps.example:8443" }, "relay.lamps.example"],
  [
    { PORCHLIGHT_PUBLIC_URL: "https://relay.lamps.example", PORCHLIGHT_MAIL_HOST: "MX.lamps.example" },
    "mx.lamps.example",
  ],
])("mail servers know the relay by a name of the public address, if it has one: %o", (env, host) => {
  expect(readConfig(env).mailHost).toBe(host)
})
