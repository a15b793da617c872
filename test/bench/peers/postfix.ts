import { execFileSync } from "node:child_process"
import { chmodSync, copyFileSync, existsSync, mkdirSync, writeFileSync } from "node:fs"
import path from "node:path"

/**
 * Writes the configuration of a Postfix that takes mail for relay.test on a port and hands it to another, in a folder
 * of its own, tuned for speed; durability, logging and checks are as by default. Gives the command that starts it
 * in the foreground. Needs root, as Postfix's master does. `milter`: port of a milter that every mail goes through.
 */
export const postfixRelay = (
  folder: string,
  { port, sinkPort, milter = null }: { port: number; sinkPort: number; milter?: number | null },
): string[] => {
  const etc = path.join(folder, "etc")
  for (const name of ["etc", "queue", "data"]) mkdirSync(path.join(folder, name), { recursive: true })
  for (const name of [".", "etc", "queue"]) chmodSync(path.join(folder, name), 0o755)
  execFileSync("chown", ["postfix", path.join(folder, "data")])
  const daemons = execFileSync("postconf", ["-d", "-h", "daemon_directory"], { encoding: "utf8" }).trim()
  writeFileSync(
    path.join(etc, "main.cf"),
    `compatibility_level = 3.6
config_directory = ${etc}
queue_directory = ${folder}/queue
data_directory = ${folder}/data
daemon_directory = ${daemons}
command_directory = /usr/sbin
mail_owner = postfix
setgid_group = postdrop
myhostname = relay.bench.test
mydestination =
mynetworks = 127.0.0.0/8
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
relay_domains = relay.test
smtpd_relay_restrictions = permit_mynetworks, reject_unauth_destination
relayhost = [127.0.0.1]:${sinkPort}
local_recipient_maps =
alias_maps =
alias_database =
maillog_file = ${folder}/maillog
maillog_file_prefixes = ${folder}
in_flow_delay = 0
default_destination_concurrency_limit = 50
initial_destination_concurrency = 20
max_use = 10000
smtpd_peername_lookup = no
smtp_connection_cache_destinations = [127.0.0.1]:${sinkPort}
smtp_connection_reuse_count_limit = 0
import_environment = MAIL_CONFIG MAIL_DEBUG MAIL_LOGTAG TZ LANG=C LD_PRELOAD FSYNC_US
${milter === null ? "" : `smtpd_milters = inet:127.0.0.1:${milter}\nmilter_default_action = tempfail\n`}`,
  )
  const services = [
    `127.0.0.1:${port} inet n - n - - smtpd`,
    "cleanup unix n - n - 0 cleanup",
    "qmgr unix n - n 300 1 qmgr",
    "tlsmgr unix - - n 1000? 1 tlsmgr",
    "rewrite unix - - n - - trivial-rewrite",
    ...["bounce", "defer", "trace"].map((name) => `${name} unix - - n - 0 bounce`),
    "verify unix - - n - 1 verify",
    "proxymap unix - - n - - proxymap",
    ...["smtp", "relay"].map((name) => `${name} unix - - n - - smtp`),
    ...["error", "retry"].map((name) => `${name} unix - - n - - error`),
    "anvil unix - - n - 1 anvil",
    "scache unix - - n - 1 scache",
    "postlog unix-dgram n - n - 1 postlogd",
  ]
  writeFileSync(path.join(etc, "master.cf"), `${services.join("\n")}\n`)
  for (const name of ["dynamicmaps.cf", "postfix-files"]) {
    if (existsSync(`/etc/postfix/${name}`)) copyFileSync(`/etc/postfix/${name}`, path.join(etc, name))
  }
  // Makes the queue's folders; it warns about things of the machine's own installation, which is not ours.
  execFileSync("postfix", ["-c", etc, "check"], { stdio: "ignore" })
  return [path.join(daemons, "master"), "-c", etc, "-d"]
}
