import { randomBytes } from "node:crypto"
import type { Actions } from "../../relay/actions/index.ts"
import type { InputOf, OutputOf } from "../../relay/store/store.ts"
import type { ConversationSummary, ConversationView } from "../../shared/protocol/views.ts"
import { type Company, type RelayOptions, startRelay, type TestRelay } from "./relay.ts"
import { RawSmtp } from "./smtp-raw.ts"
import { type SmtpSink, startSmtpSink } from "./smtp-sink.ts"

/** The relay's mail domain in tests that do not set another. */
export const DOMAIN = "porchlight.localhost"

/** A relay with a next mail server behind it, a company on it, and mails that come in over real SMTP. */
export interface MailRelay {
  relay: TestRelay
  sink: SmtpSink
  company: Company
  run<Name extends keyof Actions & string>(
    name: Name,
    input: InputOf<Actions[Name]>,
  ): Promise<OutputOf<Actions[Name]>>
  /** Sends a mail as it is; gives the answer to it, or to the first recipient that was refused. */
  send(raw: Buffer, to: string | string[], from?: string): Promise<string>
  /** What a server would hear about a recipient. */
  ask(recipient: string): Promise<string>
  /** All conversations of the company, newest first. */
  conversations(): Promise<ConversationSummary[]>
  /** The one conversation there is. */
  only(): Promise<ConversationView>
  stop(): Promise<void>
}

export const startMailRelay = async (options: RelayOptions = {}): Promise<MailRelay> => {
  const sink = await startSmtpSink()
  const relay = await startRelay({ outbound: `smtp://127.0.0.1:${sink.port}`, ...options })
  // A short wait: on a clock set by hand, every second that passes is a look at the store.
  const company = await relay.setUp({ wait: 20 })
  const { accountId, agentId } = company
  const run: MailRelay["run"] = (name, input) => relay.store.run(name, input, relay.clock.now())
  const conversations = async () =>
    (await run("listConversations", { accountId, agentId, list: "all", limit: 100 })).conversations
  return {
    relay,
    sink,
    company,
    run,
    send: async (raw, to, from = "jana@customer.example") => {
      const client = await RawSmtp.greeted(relay.smtpPort)
      try {
        const options = /[^\x20-\x7e]/.test([from, to].flat().join("")) ? " SMTPUTF8" : ""
        await client.say(`MAIL FROM:<${from}>${options}`)
        for (const one of [to].flat()) {
          const answer = await client.say(`RCPT TO:<${one}>`)
          if (!answer.startsWith("250")) return answer
        }
        await client.say("DATA")
        await client.write(Buffer.concat([raw, Buffer.from(".\r\n")]))
        return await client.answer()
      } finally {
        await client.quit()
      }
    },
    ask: async (recipient) => {
      const client = await RawSmtp.greeted(relay.smtpPort)
      await client.say("MAIL FROM:<jana@customer.example>")
      const answer = await client.say(`RCPT TO:<${recipient}>`)
      await client.quit()
      return answer
    },
    conversations,
    only: async () => {
      const all = await conversations()
      if (all.length !== 1) throw new Error(`there are ${all.length} conversations`)
      return run("readConversation", { accountId, agentId, conversationId: all[0]!.id })
    },
    stop: async () => {
      await relay.stop()
      await sink.close()
    },
  }
}

/** A mail of these fields; those that are not given are a person's. A field of "" is left out. */
export const mailOf = (fields: Record<string, string> = {}, body = "Do you deliver to Brno?"): Buffer => {
  const head: Record<string, string> = {
    From: "Jana Nováková <jana@customer.example>",
    To: `<inbox@${DOMAIN}>`,
    Subject: "Lamps for a school",
    "Message-ID": newMessageId(),
    ...fields,
  }
  const lines = Object.entries(head).flatMap(([name, value]) => (value === "" ? [] : [`${name}: ${value}`]))
  return Buffer.from([...lines, "", ...body.split("\n"), ""].join("\r\n"))
}

export const newMessageId = (): string => `<${randomBytes(8).toString("hex")}@customer.example>`
