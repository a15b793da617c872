import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import type { ConversationView } from "../shared/protocol/views.ts"
import { api, messagesOf, setUp, signIn } from "../test/kit/api.ts"
import { freePorts, isListening } from "../test/kit/ports.ts"
import { startRelayProcess } from "../test/kit/relay-process.ts"
import { until } from "../test/kit/until.ts"
import { connectVisitor, ofType } from "../test/kit/visitor-socket.ts"
import { replyWithMutt } from "./mutt.ts"
import { startPostfix } from "./private-postfix.ts"

/**
 * The main job between real mail programs (`npm run try:postfix`): a visitor writes, the notice goes out
 * through a private Postfix into a Maildir, mutt answers it through the same Postfix into the relay's SMTP
 * server, and the answer stands in the conversation and in the visitor's chat box.
 * Exit code 0 only if it does. Everything is in a temporary folder and on loopback, and is gone afterwards.
 */
const AGENT = "anna@agents.example"
const RELAY_DOMAIN = "porchlight.example"
const QUESTION = "Do you deliver the brass lantern to Brno, too?"
const ANSWER = "Yes, twice a week. Žádný problém!"

const started = performance.now()
const say = (what: string): void => {
  console.log(`${((performance.now() - started) / 1000).toFixed(1).padStart(5)} s  ${what}`)
}

interface Mail {
  raw: string
  /** Without angle brackets. */
  messageId: string
}

/** A field of the header, unfolded (RFC 5322 2.2.3). */
const field = (raw: string, name: string): string =>
  new RegExp(`^${name}: ((?:.*\\n[ \\t])*.*)$`, "im").exec(raw)?.[1]?.replace(/\n[ \t]/g, " ") ?? ""

/** All mails that have come into a Maildir (qmail's maildir(5): whole files appear in `new`, read ones in `cur`). */
const mailsIn = (maildir: string): Mail[] =>
  ["new", "cur"].flatMap((folder) => {
    const where = path.join(maildir, folder)
    try {
      return readdirSync(where).map((name) => {
        const raw = readFileSync(path.join(where, name), "utf8")
        return { raw, messageId: field(raw, "Message-ID").replace(/[<>]/g, "") }
      })
    } catch (error) {
      // The first mail makes the folders.
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return []
      throw error
    }
  })

const indented = (text: string): string => text.trimEnd().replace(/^/gm, "         │ ")

const trial = async (folder: string, cleanUp: (() => Promise<unknown>)[]): Promise<void> => {
  const [postfixPort = 0, http = 0, smtp = 0] = await freePorts(3)

  const postfix = startPostfix({
    folder: path.join(folder, "postfix"),
    port: postfixPort,
    mailbox: AGENT,
    relayDomain: RELAY_DOMAIN,
    relayPort: smtp,
  })
  cleanUp.push(postfix.stop)
  await until("Postfix takes connections", () => isListening(postfixPort))
  say(`a private Postfix listens on 127.0.0.1:${postfixPort} and delivers ${AGENT} into a Maildir`)

  const relay = await startRelayProcess({
    data: path.join(folder, "data"),
    ports: { http, smtp },
    env: {
      PORCHLIGHT_MAIL_DOMAIN: RELAY_DOMAIN,
      PORCHLIGHT_OUTBOUND: `smtp://127.0.0.1:${postfixPort}`,
      // Nobody publishes anything for these domains: who answers is known by token and address.
      PORCHLIGHT_MAIL_CHECKS: "off",
    },
  })
  cleanUp.push(relay.stop)
  say(
    `the relay is up: ${relay.url}, mail for ${RELAY_DOMAIN} at 127.0.0.1:${smtp}, out through that Postfix`,
  )

  const { siteKey } = await setUp(relay, { address: AGENT, name: "Anna Nováková", grace: 0, wait: 1 })
  say("set up: a company, its agent Anna, a site; notices after 1 s instead of 120 s")

  const visitor = await connectVisitor({ url: relay.url, siteKey })
  cleanUp.push(visitor.close)
  const { box } = await visitor.push(ofType("welcome"))
  say(`a visitor opens the chat box: the light is ${box.light ? "on" : "off"}`)
  visitor.send({ type: "open", language: "en", zone: "Europe/Prague" })
  await visitor.push(ofType("you"))
  visitor.send({
    type: "write",
    key: "question-1",
    text: QUESTION,
    page: { url: "https://shop.example/lanterns", title: "Lanterns" },
  })
  await visitor.push(ofType("ack"))
  say(`the visitor writes: “${QUESTION}” (acknowledged: it is on the relay's disk)`)

  const notice = await until(
    "the notice is in the Maildir",
    () => mailsIn(postfix.maildir).find((mail) => mail.raw.includes("brass lantern")),
    30_000,
  ).catch((error: Error) => {
    throw new Error(`${error.message}\nPostfix says:\n${postfix.log()}\nThe relay says:\n${relay.output()}`)
  })
  say("the notice is in Anna's Maildir:")
  console.log(
    indented(
      ["From", "To", "Subject", "Message-ID"].map((name) => `${name}: ${field(notice.raw, name)}`).join("\n"),
    ),
  )
  if (!/^DKIM-Signature:/im.test(notice.raw)) throw new Error("the notice is not signed by DKIM")

  await replyWithMutt({
    folder: path.join(folder, "mutt"),
    maildir: postfix.maildir,
    from: AGENT,
    name: "Anna Nováková",
    smtp: `smtp://127.0.0.1:${postfixPort}`,
    messageId: notice.messageId,
    text: ANSWER,
  })
  say(`Anna answers it with mutt, above the quoted notice: “${ANSWER}”`)

  const isAnswer = (push: {
    type: string
  }): push is Extract<Parameters<Parameters<typeof visitor.push>[0]>[0], { type: "message" }> =>
    push.type === "message"
  const { message } = await visitor.push(isAnswer, 30_000).catch((error: Error) => {
    throw new Error(`${error.message}\nPostfix says:\n${postfix.log()}\nThe relay says:\n${relay.output()}`)
  })
  if (message.text.trim() !== ANSWER) throw new Error(`the chat box shows something else:\n${message.text}`)
  say(`the visitor's chat box shows, from ${message.name}: “${message.text}”`)

  const before = mailsIn(postfix.maildir).length
  const token = await signIn(relay, AGENT, () =>
    until("the sign-in code is in the Maildir", () =>
      mailsIn(postfix.maildir).length > before
        ? mailsIn(postfix.maildir).find(({ raw }) => /^\D*\b\d{6}\b/m.test(raw) && raw !== notice.raw)?.raw
        : null,
    ),
  )
  say("Anna signs in with the six digits that came by mail")
  const agent = { url: relay.url, token }
  const { conversations } = await api<{ conversations: ConversationView[] }>(
    agent,
    "GET",
    "/api/conversations?list=all",
  )
  const messages = await messagesOf(agent, conversations[0]?.id ?? "")
  say("the conversation, as she sees it in the desk:")
  console.log(
    indented(
      messages.map(({ author, name, channel, text }) => `${name ?? author} (${channel}): ${text}`).join("\n"),
    ),
  )
  const posted = messages.filter(({ author, text }) => author === "agent" && text.trim() === ANSWER)
  if (posted.length !== 1) throw new Error(`the answer stands in the conversation ${posted.length} times`)
}

if (process.getuid?.() !== 0) {
  console.error("Postfix can only be started by root: run this trial as root, e.g. in a container.")
  process.exit(1)
}
const folder = mkdtempSync(path.join(tmpdir(), "porchlight-postfix-"))
// Postfix's and the mailbox's own users pass through.
chmodSync(folder, 0o711)
const cleanUp: (() => Promise<unknown>)[] = []
const stopAll = async (): Promise<void> => {
  for (const stop of cleanUp.splice(0).reverse()) await stop()
  rmSync(folder, { recursive: true, force: true })
}
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => void stopAll().finally(() => process.exit(130)))
}
try {
  await trial(folder, cleanUp)
  say("The answer is there: a visitor's message became a mail, and the mail became an answer.")
} catch (error) {
  console.error(`\nThe trial failed: ${(error as Error).message}`)
  process.exitCode = 1
} finally {
  await stopAll()
}
