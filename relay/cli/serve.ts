import { SECOND } from "../../shared/words/time.ts"
import type { Relay } from "../build.ts"
import { readConfig } from "../config.ts"
import { createLog } from "../log.ts"
import { extensionFolder } from "../settings/extension-folders.ts"
import { EXIT } from "../start-error.ts"
import { type Command, none, readArgs } from "./command.ts"

/** A supervisor waits 10 s after SIGTERM before it kills. */
const END_WITHIN = 9 * SECOND

/** `porchlight serve`: the relay, until it is asked to end. */
export const serve: Command = {
  name: "serve",
  summary: "run the relay",
  help: `usage: porchlight serve

Runs the relay: pages, API, live sockets, the SMTP server, decisions and the mail queue.
It prints where everything is, logs to standard error, and ends in order on SIGTERM or Ctrl-C.
Settings come from the environment; see docs/settings.md.

examples:
  porchlight serve
  PORCHLIGHT_HTTP=0.0.0.0:8420 PORCHLIGHT_PUBLIC_URL=https://chat.example.com porchlight serve
  PORCHLIGHT_GRACE_SECONDS=5 PORCHLIGHT_WAIT_SECONDS=5 porchlight serve    (a quick trial)`,
  run: async (args, io) => {
    none(readArgs(args, {}).positionals)
    const config = readConfig(io.env)
    const log = createLog(config.log)
    // Only here: other commands start without all that serving needs.
    const { build } = await import("../build.ts")
    const relay = await build(config, { log })
    io.out(await welcome(relay))
    log.info({ url: relay.url, smtp: relay.smtpPort, store: relay.store.dialect }, "ready")

    await io.ended
    log.info("ending")
    const late = setTimeout(() => {
      log.error("what runs did not end in time; stopping now")
      process.exit(EXIT.refused)
    }, END_WITHIN)
    await relay.stop()
    clearTimeout(late)
    log.info("ended")
    return EXIT.ok
  },
}

const EXTENSIONS = [
  {
    browser: "Chrome and Edge",
    family: "chrome",
    how: "chrome://extensions → Developer mode → Load unpacked",
  },
  {
    browser: "Firefox",
    family: "firefox",
    how: "about:debugging → This Firefox → Load Temporary Add-on → manifest.json in it",
  },
] as const

/** What to open next. Links carry the key after #, which browsers do not send to servers. */
const welcome = async ({ config, store, clock, url, setupKey, smtpPort }: Relay): Promise<string> => {
  const { accounts } = await store.run("readFirst", {}, clock.now())
  const lines: [string, string][] = [
    accounts === "none" ? ["Set up", `${url}/setup#key=${setupKey}`] : ["Desk", `${url}/desk`],
    ["Demo page", `${url}/demo`],
  ]
  if (config.outbound.kind === "capture") lines.push(["Mailbox", `${url}/mailbox#key=${setupKey}`])
  lines.push(["Mail in", `${config.smtp.host}:${smtpPort} for @${config.mailDomain}`])
  for (const { browser, family, how } of EXTENSIONS) {
    const folder = extensionFolder(family)
    lines.push(["Extension", `${browser}: ${folder ?? "not built (npm run build)"}`])
    if (folder !== null) lines.push(["", how])
  }
  const rows = lines.map(([what, where]) => `  ${what.padEnd(10)} ${where}`)
  const notes =
    config.outbound.kind === "capture"
      ? ["", "  No mail leaves this relay (PORCHLIGHT_OUTBOUND=capture): it is all in the mailbox."]
      : []
  return ["", "Porchlight is up.", "", ...rows, ...notes, ""].join("\n")
}
