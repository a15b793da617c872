import { BOUNCE_SECRET, bounceToken, readBounceKeys } from "../../relay/mail/bounce-token.ts"
import type { InputOf } from "../../relay/store/store.ts"
import type { BounceReport } from "../../shared/words/bounces.ts"
import { MINUTE, SECOND } from "../../shared/words/time.ts"
import { proven } from "../kit/auth.ts"
import type { Company } from "./company.ts"
import type { actions } from "./dumping-actions.ts"

/** Everything that can come to be stored of a visitor: each thing with the same rare word in it. */

const bytesOf = (text: string): Uint8Array => new Uint8Array(Buffer.from(text))

const report = (word: string): BounceReport => ({
  kind: "report",
  form: "rfc3464",
  recipients: [
    {
      address: null,
      original: null,
      action: "failed",
      status: "5.2.2",
      diagnostic: `552 ${word} full`,
      server: null,
    },
  ],
  originalId: null,
})

/** Somebody who writes in the chat and by mail, is answered, rates, and is passed on. `word`: lowercase letters. */
export const liveThrough = async (company: Company, word: string) => {
  const { run, accountId, siteId, adaId } = company
  const address = `${word}@${word}.example`
  const { visitorId, visitor } = await run("createVisitor", {
    accountId,
    siteId,
    language: "en",
    zone: "UTC",
  })
  await run("introduceVisitor", {
    accountId,
    visitorId,
    said: JSON.stringify({ name: `${word} name`, email: address, city: `${word}ville` }),
    signature: null,
  })
  const file = { name: `${word}.txt`, type: "text/plain", bytes: bytesOf(`${word} file`) }
  const sender = { kind: "visitor", id: visitorId } as const
  const waiting = await run("takeUpload", { accountId, sender, key: `${word}-upload-1`, file })
  await run("takeUpload", {
    accountId,
    sender,
    key: `${word}-upload-2`,
    file: { ...file, name: `${word}2.txt` },
  })
  const page = { url: `https://lamps.example/${word}`, title: `${word} page` }
  const write = (key: string, files: string[] = []) =>
    run("takeVisitorMessage", {
      ...{ accountId, siteId, groupId: null, visitorId, key: `${word}-${key}`, page },
      text: `${word} wants a lamp`,
      ...({ files } as object),
    } as InputOf<(typeof actions)["takeVisitorMessage"]>)
  const { conversationId } = await write("message-1", [waiting.id])
  await company.pass(3 * MINUTE)
  await settleAll(company, word)
  const who = { accountId, agentId: adaId, conversationId }
  await run("openConversation", { ...who, seq: 1 })
  await run("answerConversation", { ...who, key: `${word}-answer`, text: `Yes, ${word}` })
  await company.pass(3 * MINUTE)
  await settleAll(company, word)
  await run("closeConversation", who)
  await run("rateConversation", {
    accountId,
    visitorId,
    conversationId,
    good: true,
    words: `${word} liked it`,
  })
  await write("message-2")
  await company.pass(3 * MINUTE)
  await bounceOf(company, word, address)
  await byMail(company, word, address)
  await company.pass(3 * MINUTE)
  // So that what others live through later is not mixed with this.
  await settleAll(company, word)
  await run("feedWebhooks", { accountId })
  return { visitorId, visitor, conversationId, address }
}

/** Every mail that waits is kept as it would have gone out. */
const settleAll = async ({ run }: Company, word: string): Promise<void> => {
  const { claims } = await run("claimDeliveries", { relayId: "relay", limit: 100, leaseMs: MINUTE })
  for (const { accountId, id, attempts: attempt, content } of claims) {
    const raw = bytesOf(`mail of ${word} ${JSON.stringify(content)}`)
    const given = { accountId, id, claimedBy: "relay", attempt }
    await run("settleDelivery", { ...given, result: { kind: "captured", raw } })
  }
}

const bounceOf = async ({ run }: Company, word: string, address: string): Promise<void> => {
  const { value } = await run("readSecret", { name: BOUNCE_SECRET, make: "" })
  const mails = await run("listDeliveries", { accountId: null, limit: 200 })
  const own = mails.find(({ to, kind }) => kind === "answer" && to === address) ?? mails[0]!
  const token = bounceToken(own.id, readBounceKeys(value))
  await run("takeBounce", { token, raw: bytesOf(`bounce of ${word}`), report: report(word) })
}

/** A mail to the inbox, one to an agent, which fails, and an answer that nobody can vouch for. */
const byMail = async ({ run, accountId, jump }: Company, word: string, address: string): Promise<void> => {
  const facts = { from: address, subject: `${word} asks`, automatic: false }
  await run("takeConversationMail", {
    ...{ accountId, groupId: null, address: "inbox@relay.test", envelopeFrom: address },
    ...{ raw: bytesOf(`original of ${word}`), auth: proven(`${word}.example`) },
    mail: {
      ...facts,
      name: `${word} name`,
      messageId: `<1@${word}.example>`,
      thread: [],
      text: `${word} by mail`,
      whole: `${word} by mail`,
      attachments: [{ name: `${word}.pdf`, type: "application/pdf", bytes: bytesOf(`${word} pdf`) }],
    },
  })
  const [forward] = await run("findRecipients", { addresses: ["ada@relay.test"] })
  if (forward?.kind !== "forward") throw new Error("Ada has a name")
  const auth = proven(`${word}.example`)
  const mail = { ...facts, envelopeFrom: address, messageId: `<2@${word}.example>`, auth }
  await run("acceptForward", { mail: { ...mail, raw: bytesOf(`to Ada from ${word}`) }, to: [forward] })
  jump(SECOND)
  const { claims } = await run("claimDeliveries", { relayId: "relay", limit: 100, leaseMs: MINUTE })
  for (const { accountId: of, id, kind, attempts: attempt } of claims) {
    const failed = {
      kind: "failed",
      outcome: "mailbox-full",
      server: "mx",
      answer: `552 ${word} full`,
    } as const
    const captured = { kind: "captured", raw: bytesOf(`mail of ${word}`) } as const
    const result = kind === "forward" ? failed : captured
    await run("settleDelivery", { accountId: of, id, claimedBy: "relay", attempt, result })
  }
}
