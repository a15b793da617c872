import type { AttachmentId } from "../../shared/words/ids.ts"
import type { DeliveryResult } from "../../shared/words/outcomes.ts"
import { Refusal } from "../../shared/words/refusals.ts"
import type { Actions } from "../actions/index.ts"
import type { House } from "../house.ts"
import { bounceAddress } from "../mail/addresses.ts"
import type { BounceKeys } from "../mail/bounce-token.ts"
import { composeMail, type MailFile } from "../mail/compose.ts"
import { composeDeliveryReport } from "../mail/delivery-report.ts"
import { loopMark } from "../mail/loop-mark.ts"
import type { Transport } from "../mail/transport.ts"
import type { OutputOf } from "../store/store.ts"

export type Claim = OutputOf<Actions["claimDeliveries"]>["claims"][number]

/** What mails are signed with, and what their envelope senders are made with. */
export interface Keys {
  /** Puts our signatures on top of a mail of this domain. Rejects when a key cannot sign. */
  sign(raw: Buffer, domain: string): Promise<Buffer>
  bounce: BounceKeys
  /** Of loop marks (relay/mail/loop-mark.ts). */
  loop: string
}

/** One try, from facts to the server's answer. What cannot be written is set aside; it never will be. */
export const attempt = async (
  claim: Claim,
  house: House,
  transport: Transport,
  keys: Keys,
  signal: AbortSignal,
): Promise<DeliveryResult> => {
  const { publicUrl } = house.config
  const { domain, toAddress, messageId, createdAt } = claim
  let files: MailFile[]
  try {
    files = await filesOf(claim, house)
  } catch (err) {
    house.log.error({ err, delivery: claim.id }, "the files of a mail could not be read")
    const answer = `this relay could not read the mail's files: ${err instanceof Error ? err.message : String(err)}`
    return { kind: "deferred", outcome: "connection", server: null, answer }
  }
  let written: Buffer | null = null
  try {
    const to = { domain, publicUrl, toAddress, messageId, createdAt }
    const { content } = claim
    // Somebody's mail that is passed on is written already.
    if (content.kind === "delivery-report") written = await composeDeliveryReport(content, to)
    else if (content.kind !== "forward") written = await composeMail(content, to, files)
  } catch (err) {
    house.log.error({ err, delivery: claim.id }, "a mail could not be written and is set aside")
    const answer = `this mail could not be written: ${err instanceof Error ? err.message : String(err)}`
    return { kind: "failed", outcome: "unknown", server: null, answer }
  }
  try {
    if (written === null) return await passOn(claim, transport, keys, signal)
    const raw = await keys.sign(written, domain)
    // Nothing ever answers a report (RFC 3464 2).
    const from = claim.kind === "delivery-report" ? "" : bounceAddress(claim.id, domain, keys.bounce)
    return await transport.send({ from, to: toAddress }, raw, signal)
  } catch (err) {
    house.log.error({ err, delivery: claim.id }, "a mail could not be signed or sent")
    const answer = `this relay could not send it: ${err instanceof Error ? err.message : String(err)}`
    return { kind: "deferred", outcome: "connection", server: null, answer }
  }
}

/** What goes with an answer or a notice. What was erased meanwhile is left out. */
const filesOf = async ({ accountId, content }: Claim, { store, clock }: House): Promise<MailFile[]> => {
  const files: MailFile[] = []
  for (const { id, along } of namedIn(content)) {
    if (!along || id === undefined) continue
    try {
      files.push(await store.run("readAttachment", { accountId, id }, clock.now()))
    } catch (error) {
      if (!(error instanceof Refusal && error.code === "not-found")) throw error
    }
  }
  return files
}

/** The files that a mail names. */
const namedIn = (content: Claim["content"]): { id?: AttachmentId; along?: boolean }[] => {
  switch (content.kind) {
    case "answer":
    case "offline-notice":
    case "missed-notice":
      return content.messages.flatMap(({ attachments = [] }) => attachments)
    default:
      return []
  }
}

/** Sends somebody's mail on as it was prepared when it came, under the marks that it came through here. */
const passOn = (
  claim: Claim,
  transport: Transport,
  keys: Keys,
  signal: AbortSignal,
): Promise<DeliveryResult> => {
  const envelope = { from: bounceAddress(claim.id, claim.domain, keys.bounce), to: claim.toAddress }
  const names = claim.content.kind === "forward" ? claim.content.names : []
  const marks = names.map((name) => loopMark(name, keys.loop))
  return transport.send(envelope, Buffer.concat([...marks, claim.raw ?? Buffer.alloc(0)]), signal)
}
