import { cpSync, existsSync, mkdirSync, renameSync, rmSync } from "node:fs"
import path from "node:path"
import { fileURLToPath } from "node:url"
import { openSqliteDirect } from "../../relay/store/sqlite-direct.ts"
import { actions, type ForwardActions } from "./forward-actions.ts"

/**
 * A relay beside others: takes mail for agents' names at relay.test on SMTP_PORT and sends each on to the agent's
 * address through 127.0.0.1:SINK_PORT; its data are in RUN_DIR. Becomes the relay's own process, so that
 * what is measured is the relay alone.
 *
 * Every recipient that smtp-source makes (`-N -t u@relay.test`: 1u@, 2u@ …) is an agent of their own, and so are
 * the probes' (p<mail>-<recipient>@). FORWARD_SEED keeps the filled store from one start to the next.
 */
const { SMTP_PORT, SINK_PORT, RUN_DIR, FORWARD_SEED } = process.env
if (!SMTP_PORT || !SINK_PORT || !RUN_DIR) throw new Error("SMTP_PORT, SINK_PORT and RUN_DIR are to be set")

const DOMAIN = "relay.test"
const PER_ACCOUNT = 500

const names = [
  ...Array.from({ length: 10_000 }, (_, n) => `${n + 1}u`),
  ...Array.from({ length: 1_000 }, (_, n) => `p${n}-0`),
  ...Array.from({ length: 3_800 }, (_, n) => `p${Math.floor(n / 19)}-${1 + (n % 19)}`),
]

const fill = async (folder: string): Promise<void> => {
  const store = await openSqliteDirect<ForwardActions>({ file: path.join(folder, "porchlight.db"), actions })
  const now = Date.now()
  await store.run("startRelay", { relayId: "re_seed", mailDomain: DOMAIN }, now)
  for (let from = 0; from < names.length; from += PER_ACCOUNT) {
    const account = { name: `Company ${from}`, language: "en", zone: "UTC", graceMs: 0, waitMs: 0 } as const
    const { accountId } = await store.run("createAccount", account, now)
    const some = names.slice(from, from + PER_ACCOUNT)
    await store.run("seedAgents", { accountId, names: some, domain: "agents.example" }, now)
  }
  await store.run("stopRelay", { relayId: "re_seed" }, now)
  await store.close()
}

const seed = FORWARD_SEED ?? path.join(RUN_DIR, "seed")
if (!existsSync(seed)) {
  const part = `${seed}.${process.pid}`
  mkdirSync(part, { recursive: true })
  await fill(part)
  renameSync(part, seed)
}
const data = path.join(RUN_DIR, "data")
rmSync(data, { recursive: true, force: true })
cpSync(seed, data, { recursive: true })

const execve = process.execve
if (!execve) throw new Error("this Node cannot become another program")
execve(
  process.execPath,
  [
    process.execPath,
    ...(process.env.NODE_FLAGS?.split(" ") ?? []),
    fileURLToPath(new URL("../../relay/main.ts", import.meta.url)),
    "serve",
  ],
  {
    ...process.env,
    PORCHLIGHT_DATA: data,
    PORCHLIGHT_HTTP: "127.0.0.1:0",
    PORCHLIGHT_SMTP: `127.0.0.1:${SMTP_PORT}`,
    PORCHLIGHT_MAIL_DOMAIN: DOMAIN,
    PORCHLIGHT_OUTBOUND: `smtp://127.0.0.1:${SINK_PORT}`,
    PORCHLIGHT_MAIL_CHECKS: process.env.PORCHLIGHT_MAIL_CHECKS ?? "off",
  } as Record<string, string>,
)
