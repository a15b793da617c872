import { idOf, openJail } from "./jail.ts"
import { isAnswering, type Peer, whenUp } from "./peer.ts"

export interface OpenSmtpdPlan {
  address: string
  port: number
  domain: string
  users: string[]
}

const config = (plan: OpenSmtpdPlan, folder: string): string => {
  const users = plan.users.map((user) => `"${user}" = "${idOf("vmail")}:${idOf("vmail")}:${folder}/mail"`)
  return `smtp max-message-size 35M
table users { ${users.join(", ")} }
listen on ${plan.address} port ${plan.port} hostname mx.${plan.domain}
action "in" maildir "${folder}/mail/%{rcpt.user}" userbase <users>
match from any for domain "${plan.domain}" action "in"
`
}

/** An OpenSMTPD on loopback, with Maildirs for its users; one at a time. Close it. */
export const startOpenSmtpd = async (plan: OpenSmtpdPlan): Promise<Peer> => {
  const jail = openJail("opensmtpd")
  jail.makeFolder("mail", "vmail")
  const file = jail.write("smtpd.conf", config(plan, jail.folder), "root", 0o600)
  const daemon = jail.start("/usr/sbin/smtpd", ["-d", "-v", "-f", file], true)
  const log = daemon.output
  await whenUp(jail, "OpenSMTPD", () => isAnswering(plan.address, plan.port), log)
  return { jail, log, mails: (user) => jail.mailsIn(`mail/${user}`), close: jail.close }
}
