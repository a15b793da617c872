import { openJail } from "./jail.ts"
import { isAnswering, type Peer, whenUp } from "./peer.ts"

export interface EximPlan {
  address: string
  port: number
  domain: string
  users: string[]
  /** A domain, and `address::port` where Exim takes mail for it. */
  route: { domain: string; to: string }
  /** Bytes that a mailbox may hold. Whoever has no room is found out after Exim took the mail. */
  quota?: number
}

const config = (plan: EximPlan, folder: string): string => `exim_path = /usr/sbin/exim4
spool_directory = ${folder}/spool
log_file_path = ${folder}/log/%s
primary_hostname = mx.${plan.domain}
local_interfaces = ${plan.address}
daemon_smtp_ports = ${plan.port}
keep_environment =
host_lookup =
rfc1413_hosts =
dns_dnssec_ok = 0
acl_smtp_rcpt = rcpt
begin acl
rcpt:
  deny    domains = !${plan.domain}
          message = relay not permitted
  require verify = recipient
  accept
begin routers
out:
  driver = manualroute
  domains = ${plan.route.domain}
  route_list = * ${plan.route.to}
  self = send
  transport = smtp
mailboxes:
  driver = accept
  domains = ${plan.domain}
  local_parts = ${plan.users.join(" : ")}
  transport = maildir
begin transports
smtp:
  driver = smtp
  hosts_try_fastopen =
maildir:
  driver = appendfile
  directory = ${folder}/mail/$local_part_data
  maildir_format
  user = vmail
  group = vmail
  return_path_add
  delivery_date_add
${plan.quota === undefined ? "" : `  quota = ${plan.quota}\n  quota_is_inclusive\n`}
# without rules for later tries, what fails for now is sent back at once
begin retry
`

/** An Exim of its own on loopback, with Maildirs for its users. Close it. */
export const startExim = async (plan: EximPlan): Promise<Peer> => {
  const jail = openJail("exim")
  jail.makeFolder("spool", "Debian-exim", 0o750)
  jail.makeFolder("log", "Debian-exim", 0o750)
  jail.makeFolder("mail", "vmail")
  const file = jail.write("exim.conf", config(plan, jail.folder))
  // it keeps root's rights, with which it delivers, only under settings that are named here
  await jail.run("/bin/sh", ["-c", `mkdir -p /etc/exim4 && echo ${file} > /etc/exim4/trusted_configs`])
  const daemon = jail.start("/usr/sbin/exim4", ["-C", file, "-bdf", "-q1m"], true)
  const log = (): string => `${daemon.output()}${jail.read("log/main")}${jail.read("log/panic")}`
  await whenUp(jail, "Exim", () => isAnswering(plan.address, plan.port), log)
  return { jail, log, mails: (user) => jail.mailsIn(`mail/${user}`), close: jail.close }
}
