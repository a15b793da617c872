import { idOf, type Jail, openJail } from "./jail.ts"
import { isAnswering, type Peer, whenUp } from "./peer.ts"

export interface PostfixPlan {
  /** Where it takes mail: an address of this machine (127.0.0.2 …) and the port that all peers share. */
  address: string
  port: number
  /** Its mail domain, and who has a mailbox there. */
  domain: string
  users: string[]
  /** Where it takes mail to: domain → `[address]:port`. All else stays where it is and fails. */
  routes?: Record<string, string>
  /** Further lines for main.cf; what is said here is what counts. */
  main?: string
}

/** An inline table must not be empty. */
const routesOf = ({ routes = {} }: PostfixPlan): string => {
  const lines = Object.entries(routes).map(([domain, hop]) => `{${domain} = smtp:${hop}}`)
  return lines.length === 0 ? "" : `inline:{${lines.join(" ")}}`
}

const mainCf = (plan: PostfixPlan, folder: string): string => `compatibility_level = 3.6
config_directory = ${folder}/etc
queue_directory = ${folder}/queue
data_directory = ${folder}/data
daemon_directory = /usr/lib/postfix/sbin
command_directory = /usr/sbin
mail_owner = postfix
setgid_group = postdrop
myhostname = mx.${plan.domain}
mydestination =
mynetworks = 127.0.0.0/8
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
smtp_bind_address = ${plan.address}
smtputf8_enable = yes
disable_dns_lookups = yes
smtp_host_lookup = native
smtpd_peername_lookup = no
smtpd_relay_restrictions = permit_mynetworks, reject_unauth_destination
smtpd_tls_security_level = none
smtp_tls_security_level = may
alias_maps =
alias_database =
local_recipient_maps =
virtual_mailbox_domains = ${plan.domain}
virtual_mailbox_base = ${folder}/mail
virtual_mailbox_maps = inline:{${plan.users.map((user) => `${user}@${plan.domain}=${user}/`).join(" ")}}
virtual_uid_maps = static:${idOf("vmail")}
virtual_gid_maps = static:${idOf("vmail")}
transport_maps = ${routesOf(plan)}
default_transport = error:nothing leaves this machine
maillog_file = ${folder}/log/maillog
maillog_file_prefixes = ${folder}/log
${plan.main ?? ""}
`

const masterCf = ({ address, port }: PostfixPlan): string => `${address}:${port} inet n - n - - smtpd
cleanup   unix  n  -  n  -     0  cleanup
qmgr      unix  n  -  n  300   1  qmgr
rewrite   unix  -  -  n  -     -  trivial-rewrite
bounce    unix  -  -  n  -     0  bounce
defer     unix  -  -  n  -     0  bounce
trace     unix  -  -  n  -     0  bounce
tlsmgr    unix  -  -  n  1000? 1  tlsmgr
proxymap  unix  -  -  n  -     -  proxymap
smtp      unix  -  -  n  -     -  smtp
lmtp      unix  -  -  n  -     -  lmtp
virtual   unix  -  n  n  -     -  virtual
error     unix  -  -  n  -     -  error
retry     unix  -  -  n  -     -  error
anvil     unix  -  -  n  -     1  anvil
scache    unix  -  -  n  -     1  scache
postlog   unix-dgram n - n -   1  postlogd
`

/** Folders of the queue, as `postfix check` would make them. */
const makeQueue = (jail: Jail): void => {
  jail.makeFolder("queue")
  jail.makeFolder("queue/pid")
  for (const name of ["active", "bounce", "corrupt", "defer", "deferred", "flush", "hold", "incoming"])
    jail.makeFolder(`queue/${name}`, "postfix", 0o700)
  for (const name of ["private", "saved", "trace"]) jail.makeFolder(`queue/${name}`, "postfix", 0o700)
  for (const name of ["public", "maildrop"]) jail.makeFolder(`queue/${name}`, "postfix", 0o730)
}

/** A Postfix of its own on loopback, with Maildirs for its users. Close it. */
export const startPostfix = async (plan: PostfixPlan): Promise<Peer> => {
  const jail = openJail("postfix")
  makeQueue(jail)
  jail.makeFolder("log")
  jail.makeFolder("data", "postfix", 0o700)
  jail.makeFolder("mail", "vmail")
  jail.write("etc/main.cf", mainCf(plan, jail.folder))
  jail.write("etc/master.cf", masterCf(plan))
  const master = jail.start("/usr/lib/postfix/sbin/master", ["-c", `${jail.folder}/etc`, "-d"], true)
  const log = (): string => `${master.output()}${jail.read("log/maillog")}`
  await whenUp(jail, "Postfix", () => isAnswering(plan.address, plan.port), log)
  return {
    jail,
    log,
    mails: (user) => jail.mailsIn(`mail/${user}`),
    close: jail.close,
  }
}
