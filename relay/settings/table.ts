/**
 * Every setting an operator has, in words. relay/config.ts reads them; docs/settings.md is written from here
 * (`npm run docs:settings`).
 */
export interface Setting {
  /** What it is for, with unit and form. */
  meaning: string
  /** The default, as somebody would set it; null when there is none or it depends (see `shown`). */
  preset: string | null
  /** What the table shows as default when it depends on something. */
  shown?: string
}

export const SETTINGS = {
  PORCHLIGHT_DATA: { meaning: "folder of the embedded store, keys, uploads", preset: "./data" },
  PORCHLIGHT_DATABASE_URL: { meaning: "`postgres://…` instead of the embedded store", preset: null },
  PORCHLIGHT_HTTP: { meaning: "address and port of HTTP and sockets", preset: "127.0.0.1:8420" },
  PORCHLIGHT_SMTP: { meaning: "address and port of the SMTP server", preset: "127.0.0.1:8425" },
  PORCHLIGHT_PUBLIC_URL: {
    meaning: "what people's browsers use: `https://` and a name, no path",
    preset: null,
    shown: "`http://` and the address of `PORCHLIGHT_HTTP`, so `http://127.0.0.1:8420`",
  },
  PORCHLIGHT_MAIL_DOMAIN: { meaning: "the relay's mail domain", preset: "porchlight.localhost" },
  PORCHLIGHT_MAIL_HOST: {
    meaning: "the name under which mail servers reach the relay: what the MX names, and what it calls itself",
    preset: null,
    shown: "the name in `PORCHLIGHT_PUBLIC_URL` if it has a dot and is no address, else the mail domain",
  },
  PORCHLIGHT_MAIL_ADDRESSES: {
    meaning:
      "IP addresses that mail leaves from, with commas between: for the records to publish, and what others are to allow",
    preset: null,
    shown: "those that the DNS gives for `PORCHLIGHT_MAIL_HOST`",
  },
  PORCHLIGHT_OUTBOUND: {
    meaning:
      "how mail leaves: `capture` (it does not, and is seen on the mailbox page), through a server: `smtp://user:pass@host:port`, `smtps://…`, or `mx`: straight to the recipients' servers",
    preset: "capture",
  },
  PORCHLIGHT_GRACE_SECONDS: {
    meaning: "grace of new accounts: how long somebody who vanished still counts, 0–600",
    preset: "120",
  },
  PORCHLIGHT_WAIT_SECONDS: {
    meaning: "wait of new accounts: from a message that nobody is there for to the notice, 0–600",
    preset: "120",
  },
  PORCHLIGHT_HISTORY_DAYS: {
    meaning:
      "how many days of presence, status and light are kept for the timeline, 1–3650; messages, mails and verdicts stay",
    preset: "90",
  },
  PORCHLIGHT_CHANGES_DAYS: {
    meaning: "how many days the log of changes is kept (who set what, when), 1–3650",
    preset: "730",
  },
  PORCHLIGHT_TLS_CERT: { meaning: "PEM file of the certificate, for STARTTLS and HTTPS", preset: null },
  PORCHLIGHT_TLS_KEY: { meaning: "PEM file of its key", preset: null },
  PORCHLIGHT_LOG: {
    meaning: "`pretty` or `json`",
    preset: null,
    shown: "`pretty` on a terminal, else `json`",
  },
  PORCHLIGHT_PROXIES: {
    meaning:
      "reverse proxies whose `X-Forwarded-For` is believed: addresses or networks (`10.0.0.0/8`) with commas between, or `none`",
    preset: "127.0.0.1, ::1",
  },
  PORCHLIGHT_SMTP_MAX_SIZE: { meaning: "largest mail taken in, e.g. `25MB`, `500kB`", preset: "25MB" },
  PORCHLIGHT_MAIL_CHECKS: {
    meaning:
      "`on`: SPF, DKIM, DMARC and ARC of mail that comes in are checked, and forwarded mail is sealed; `off` on a network where whoever reaches the SMTP port is trusted",
    preset: null,
    shown: "`off` while `PORCHLIGHT_OUTBOUND` is `capture`, as in a first run, else `on`",
  },
  PORCHLIGHT_MAIL_GATEWAYS: {
    meaning:
      "mail servers of your own in front of the relay (a mail gateway, a Postfix that hands mail on): addresses or networks with commas between, or `none`; SPF is then checked for the client that they name in `Received`",
    preset: "none",
  },
  PORCHLIGHT_DNS: {
    meaning:
      "DNS servers for mail, and for what webhooks and pushes name, `address` or `address:port` with commas between",
    preset: null,
    shown: "those of the machine",
  },
  PORCHLIGHT_PRIVATE_TARGETS: {
    meaning:
      "private and loopback networks that mail (with `mx`), webhooks, push to phones and looks at the pages of sites may go to all the same (`10.0.0.0/8`) with commas between, or `none`; webhooks may be plain `http` there",
    preset: "none",
  },
  PORCHLIGHT_SMTP_PROXIES: {
    meaning:
      "load balancers that say whom they speak for by the PROXY protocol: addresses or networks with commas between, or `none`",
    preset: "none",
  },
  PORCHLIGHT_VISITOR_RATE: {
    meaning: "messages that one visitor at one address may write within 10 s",
    preset: "20",
  },
} as const satisfies Record<string, Setting>

export type SettingName = keyof typeof SETTINGS

/** The table of docs/settings.md (GitHub Markdown), one row a setting. */
const settingsTable = (): string => {
  const rows = Object.entries<Setting>(SETTINGS).map(
    ([name, { meaning, preset, shown }]) =>
      `| \`${name}\` | ${meaning} | ${shown ?? (preset === null ? "–" : `\`${preset}\``)} |`,
  )
  return ["| name | meaning | default |", "| --- | --- | --- |", ...rows].join("\n")
}

/** The whole of docs/settings.md. */
export const settingsPage = (): string =>
  `# Settings

All settings are environment variables, and all have defaults for a first run. What is wrong with one is said
at start, with its name, its value and what would be right; the relay then ends with exit code 2.

This page is written by \`npm run docs:settings\` from relay/settings/table.ts.

${settingsTable()}
`
