import { execFileSync } from "node:child_process"
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import path from "node:path"
import { fileURLToPath } from "node:url"

/** Haraka, a mail server of Node's, from npm: fetched once, in exact versions, beside the project's own packages. */
const FOLDER = fileURLToPath(new URL("../../../node_modules/.cache/bench-relays", import.meta.url))

/** libmime is held back: Haraka's range takes one whose own dependencies may be missing, and no mail goes through it. */
const PACKAGES = JSON.stringify({
  private: true,
  dependencies: { Haraka: "3.3.4", "haraka-plugin-relay": "1.0.2" },
  overrides: { libmime: "5.4.5" },
})

const fetchOnce = (): void => {
  const stamp = path.join(FOLDER, "fetched")
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === PACKAGES) return
  console.error("fetching Haraka (npm) …")
  mkdirSync(FOLDER, { recursive: true })
  writeFileSync(path.join(FOLDER, "package.json"), PACKAGES)
  const quiet = ["--omit=optional", "--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error"]
  execFileSync("npm", ["install", ...quiet], { cwd: FOLDER, stdio: ["ignore", 2, 2] })
  writeFileSync(stamp, PACKAGES)
}

/**
 * Writes the configuration of a Haraka that takes mail for relay.test on a port, queues it on disk and hands it to
 * another port; with its own plugins alone. Gives the command that starts it in the foreground. `each`: a process for
 * each core, which says less in its log.
 */
export const harakaRelay = (
  folder: string,
  { port, sinkPort, each }: { port: number; sinkPort: number; each: boolean },
): string[] => {
  fetchOnce()
  const haraka = path.join(FOLDER, "node_modules", "Haraka")
  const config = path.join(folder, "config")
  mkdirSync(config, { recursive: true })
  // Without it connections end its process.
  cpSync(path.join(haraka, "config", "connection.ini"), path.join(config, "connection.ini"))
  const files: Record<string, string> = {
    "smtp.ini": `listen=127.0.0.1:${port}\n${each ? "nodes=cpus\n" : ""}`,
    "log.ini": `[main]\nlevel=${each ? "warn" : "info"}\nformat=default\n`,
    plugins: "relay\n",
    "relay.ini": "[relay]\nacl=false\ndest_domains=true\nforce_routing=true\n",
    "relay_dest_domains.ini": `[domains]\nrelay.test = {"action":"accept","nexthop":"127.0.0.1:${sinkPort}"}\n`,
    "outbound.ini": "local_mx_ok=true\ninet_prefer=v4\n",
    me: "relay.bench.test\n",
  }
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(config, name), text)
  return [process.execPath, path.join(haraka, "bin", "haraka"), "-c", folder]
}
