import { domainToASCII } from "node:url"
import { newId } from "../../shared/words/ids.ts"
import type { DeliveryResult } from "../../shared/words/outcomes.ts"
import { DAY } from "../../shared/words/time.ts"
import type { AuthResult } from "../mail/auth-result.ts"
import type { DeliveryReport, Forward } from "../mail/content.ts"
import { countReport, maskAnswer, statusOf, toldOf } from "../rules/delivery-report.ts"
import { findMail } from "../store/mails.ts"
import { deliveriesOfMail, enqueue } from "../store/outbox.ts"
import { saveSenderTold, senderTold } from "../store/senders-told.ts"
import type { Tx } from "../store/store.ts"
import type { DeliveryRow } from "../store/tables-mail.ts"
import { findAccountRow } from "../store/team.ts"
import { domainsOfAccounts } from "./mail-domains.ts"

/** A report is tried for as long as a mail is. */
const REPORT_LIFE = 4 * DAY

type Failure = Extract<DeliveryResult, { kind: "failed" | "deferred" }>

/**
 * A forwarded mail has failed for good: its genuine sender is told, once for each address they wrote to, unless
 * it arrived (or may still) at another destination of that address. Nobody else is ever told.
 */
export const reportToSender = async (tx: Tx, row: DeliveryRow, failure: Failure): Promise<void> => {
  const mail = row.mail_id === null ? undefined : await findMail(tx, row.account_id, row.mail_id)
  if (row.kind !== "forward" || !mail) return
  const content = readContent(row)
  if (content?.kind !== "forward") return
  const to = toldOf({
    envelopeFrom: inAscii(mail.envelope_from),
    from: mail.from_address && inAscii(mail.from_address),
    automatic: content.automatic === true,
    auth: mail.auth === null ? null : (JSON.parse(mail.auth) as AuthResult),
  })
  if (to === null) return
  for (const recipient of await failedNames(tx, row, content)) {
    const count = countReport(await senderTold(tx, row.account_id, to), tx.now)
    if (count === null) return
    await saveSenderTold(tx, row.account_id, to, count)
    await queueReport(tx, row, { to, recipient, failure, mail })
  }
}

/** `jana@bücher.example` → `jana@xn--bcher-kva.example`, as domains are found in results of checks. */
const inAscii = (address: string): string => {
  const at = address.lastIndexOf("@") + 1
  return address.slice(0, at) + domainToASCII(address.slice(at))
}

type DeliveryLine = Pick<DeliveryRow, "id" | "state" | "content">

/** The names that nobody got the mail at: all that it went to for them failed, and no report was made yet. */
const failedNames = async (tx: Tx, row: DeliveryRow, { names }: Forward): Promise<string[]> => {
  const all = await deliveriesOfMail(tx, row.account_id, row.mail_id!)
  const contents = all.map((one) => ({ one, content: readContent(one) }))
  const isOver = (name: string, one: DeliveryLine, content: Forward | DeliveryReport): boolean =>
    content.kind === "delivery-report"
      ? content.recipient !== name
      : one.id === row.id || one.state === "failed" || !content.names.includes(name)
  return names.filter((name) =>
    contents.every(({ one, content }) => content === null || isOver(name, one, content)),
  )
}

/** Null for a row that cannot be read: the queue sets it aside, and it must not keep others from being settled. */
const readContent = ({ content }: Pick<DeliveryRow, "content">): Forward | DeliveryReport | null => {
  try {
    return JSON.parse(content) as Forward | DeliveryReport
  } catch {
    return null
  }
}

const queueReport = async (
  tx: Tx,
  row: DeliveryRow,
  given: {
    to: string
    recipient: string
    failure: Failure
    mail: { from_address: string | null; subject: string; message_id: string }
  },
): Promise<void> => {
  const { to, recipient, failure, mail } = given
  const account = await findAccountRow(tx, row.account_id)
  const domainOf = await domainsOfAccounts(tx, [row.account_id])
  const id = newId("delivery")
  const content: DeliveryReport = {
    kind: "delivery-report",
    language: account?.language ?? "en",
    recipient,
    status: statusOf(failure),
    outcome: failure.outcome,
    // What went wrong on the way is ours to know: only a server's own words go out.
    answer: failure.outcome === "connection" ? "" : maskAnswer(failure.answer, row.to_address, recipient),
    about: { from: mail.from_address, subject: mail.subject, messageId: mail.message_id },
  }
  await enqueue(tx, {
    account_id: row.account_id,
    id,
    kind: "delivery-report",
    conversation_id: null,
    agent_id: null,
    to_address: to,
    message_id: `<${id.replace("_", ".")}@${domainOf(row.account_id)}>`,
    content: JSON.stringify(content),
    mail_id: row.mail_id,
    gives_up_at: tx.now + REPORT_LIFE,
  })
}
