import { freePorts } from "../../kit/ports.ts"
import { type Jail, openJail } from "./jail.ts"
import { isAnswering, whenUp } from "./peer.ts"

/** Mailboxes behind a mail server, with a limit to what they hold. */
export interface Dovecot {
  jail: Jail
  log(): string
  /** `inet:127.0.0.1:<port>`: where mail is handed in (LMTP), as Postfix names it. */
  lmtp: string
  /** `inet:127.0.0.1:<port>`: answers, as a policy service of Postfix, whether there is room for a mail. */
  quotaStatus: string
  mails(user: string): Buffer[]
  close(): Promise<void>
}

const config = (folder: string, ports: { lmtp: number; status: number }, kilobytes: number): string => `
protocols = lmtp
base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${folder}/log/dovecot
ssl = no
postmaster_address = postmaster@lamplight.example
mail_location = maildir:${folder}/mail/%n
mail_plugins = quota
first_valid_uid = 1000
passdb {
  driver = static
  args = nopassword=y
}
userdb {
  driver = static
  args = uid=vmail gid=vmail home=${folder}/mail/%n
}
plugin {
  quota = maildir:User quota
  quota_rule = *:storage=${kilobytes}K
  quota_grace = 0
  quota_status_success = DUNNO
  quota_status_nouser = DUNNO
  quota_status_overquota = "552 5.2.2 Mailbox is full"
}
service lmtp {
  inet_listener lmtp {
    address = 127.0.0.1
    port = ${ports.lmtp}
  }
}
service quota-status {
  executable = quota-status -p postfix
  client_limit = 1
  inet_listener {
    address = 127.0.0.1
    port = ${ports.status}
  }
}
`

/** A Dovecot whose mailboxes hold so many kilobytes each. Close it. */
export const startDovecot = async (kilobytes: number): Promise<Dovecot> => {
  const jail = openJail("dovecot")
  for (const folder of ["run", "state", "log"]) jail.makeFolder(folder)
  jail.makeFolder("mail", "vmail")
  const [lmtp = 0, status = 0] = await freePorts(2)
  const file = jail.write("dovecot.conf", config(jail.folder, { lmtp, status }, kilobytes))
  const daemon = jail.start("/usr/sbin/dovecot", ["-F", "-c", file], true)
  const log = (): string => `${daemon.output()}${jail.read("log/dovecot")}`
  await whenUp(jail, "Dovecot", () => isAnswering("127.0.0.1", lmtp), log)
  return {
    jail,
    log,
    lmtp: `inet:127.0.0.1:${lmtp}`,
    quotaStatus: `inet:127.0.0.1:${status}`,
    mails: (user) => jail.mailsIn(`mail/${user}`),
    close: jail.close,
  }
}
