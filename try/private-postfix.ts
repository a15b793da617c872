import { type ChildProcess, execFileSync, spawn } from "node:child_process"
import {
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  writeFileSync,
} from "node:fs"
import path from "node:path"

export interface PostfixPlan {
  /** An empty folder of its own for configuration, queue, log and mailboxes. */
  folder: string
  /** Port on 127.0.0.1 where it takes mail. */
  port: number
  /** Its only mailbox: `name@domain`, delivered into a Maildir. */
  mailbox: string
  /** The relay's mail domain, and the port on 127.0.0.1 where the relay takes mail for it. */
  relayDomain: string
  relayPort: number
}

export interface Postfix {
  /** Folder of the mailbox (`new`, `cur`, `tmp`). */
  maildir: string
  log(): string
  stop(): Promise<void>
}

const idOf = (option: "-u" | "-g", name: string): number =>
  Number(execFileSync("id", [option, name], { encoding: "utf8" }).trim())

const mainCf = (
  plan: PostfixPlan,
  maildirs: string,
  daemons: string,
  owner: { uid: number; gid: number },
): string => {
  const [user, domain] = plan.mailbox.split("@")
  return `compatibility_level = 3.6
config_directory = ${plan.folder}/etc
queue_directory = ${plan.folder}/queue
data_directory = ${plan.folder}/data
daemon_directory = ${daemons}
command_directory = /usr/sbin
mail_owner = postfix
setgid_group = postdrop
myhostname = mail.${domain}
mydestination =
mynetworks = 127.0.0.0/8
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
smtpd_relay_restrictions = permit_mynetworks, reject_unauth_destination
smtpd_tls_security_level = none
smtp_tls_security_level = may
alias_maps =
alias_database =
local_recipient_maps =
virtual_mailbox_domains = ${domain}
virtual_mailbox_base = ${maildirs}
virtual_mailbox_maps = inline:{${plan.mailbox}=${user}/}
virtual_uid_maps = static:${owner.uid}
virtual_gid_maps = static:${owner.gid}
relay_domains = ${plan.relayDomain}
transport_maps = inline:{{${plan.relayDomain} = smtp:[127.0.0.1]:${plan.relayPort}}}
default_transport = error:this trial sends nothing to the outside
maillog_file = ${plan.folder}/maillog
maillog_file_prefixes = ${plan.folder}
`
}

const masterCf = (port: number): string => `127.0.0.1:${port} inet n - n - - smtpd
cleanup   unix  n  -  n  -     0  cleanup
qmgr      unix  n  -  n  300   1  qmgr
rewrite   unix  -  -  n  -     -  trivial-rewrite
bounce    unix  -  -  n  -     0  bounce
defer     unix  -  -  n  -     0  bounce
trace     unix  -  -  n  -     0  bounce
tlsmgr    unix  -  -  n  1000? 1  tlsmgr
proxymap  unix  -  -  n  -     -  proxymap
smtp      unix  -  -  n  -     -  smtp
virtual   unix  -  n  n  -     -  virtual
error     unix  -  -  n  -     -  error
retry     unix  -  -  n  -     -  error
anvil     unix  -  -  n  -     1  anvil
scache    unix  -  -  n  -     1  scache
postlog   unix-dgram n - n -   1  postlogd
`

const ended = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve()
    else child.once("exit", () => resolve())
  })

/**
 * Starts a Postfix that has nothing to do with the machine's own: its configuration, queue and port are in
 * a folder of ours, on loopback only. Needs root, as Postfix's master does, and a folder that all users may
 * pass through. The caller waits for its port.
 */
export const startPostfix = (plan: PostfixPlan): Postfix => {
  const etc = path.join(plan.folder, "etc")
  const maildirs = path.join(plan.folder, "mail")
  const owner = { uid: idOf("-u", "nobody"), gid: idOf("-g", "nobody") }
  for (const folder of [etc, maildirs, path.join(plan.folder, "queue"), path.join(plan.folder, "data")]) {
    mkdirSync(folder, { recursive: true })
  }
  chmodSync(plan.folder, 0o755)
  chownSync(path.join(plan.folder, "data"), idOf("-u", "postfix"), idOf("-g", "postfix"))
  chownSync(maildirs, owner.uid, owner.gid)

  const daemons = execFileSync("postconf", ["-d", "-h", "daemon_directory"], { encoding: "utf8" }).trim()
  writeFileSync(path.join(etc, "main.cf"), mainCf(plan, maildirs, daemons, owner))
  writeFileSync(path.join(etc, "master.cf"), masterCf(plan.port))
  for (const name of ["dynamicmaps.cf", "postfix-files"]) {
    if (existsSync(`/etc/postfix/${name}`)) copyFileSync(`/etc/postfix/${name}`, path.join(etc, name))
  }
  // Makes the queue's folders; it warns about things of the machine's own installation, which is not ours.
  execFileSync("postfix", ["-c", etc, "check"], { stdio: "ignore" })

  // In a process group of its own, which master ends as a whole when it is told to stop.
  const master = spawn(path.join(daemons, "master"), ["-c", etc, "-d"], { stdio: "ignore", detached: true })
  const log = path.join(plan.folder, "maillog")
  return {
    maildir: path.join(maildirs, plan.mailbox.split("@")[0] ?? ""),
    log: () => (existsSync(log) ? readFileSync(log, "utf8") : ""),
    stop: async () => {
      master.kill("SIGTERM")
      await ended(master)
    },
  }
}
