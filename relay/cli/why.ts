import { tellReason } from "../../shared/i18n/reasons/tell.ts"
import type { Actions } from "../actions/index.ts"
import { EXIT } from "../start-error.ts"
import type { OutputOf } from "../store/store.ts"
import { type Command, onlyOne, readArgs, withStore } from "./command.ts"
import { moment, plain } from "./print.ts"
import { asConversationId, asLanguage } from "./values.ts"

type Why = OutputOf<Actions["why"]>

/** `porchlight why`: what became of every visitor message, for every agent, and why. */
export const why: Command = {
  name: "why",
  summary: "why a message became an e-mail, or why not, for each agent",
  help: `usage: porchlight why CONVERSATION [--language en|cs|de|es|fr] [--json]

Prints, for every message of the visitor and every agent, what was decided, with its facts and what to do
about it. CONVERSATION is its id, or its address in the desk (…/desk#/c/<id>), which is in every notice too.

example:
  porchlight why co_aaaaaaaaaaaaaaaaaaaa`,
  run: (args, io) => {
    const { values, positionals } = readArgs(args, {
      language: { type: "string", default: "en" },
      json: { type: "boolean", default: false },
    })
    const conversationId = asConversationId(onlyOne(positionals, "conversation"))
    const language = asLanguage("language", values.language) ?? "en"
    return withStore(io, async ({ store, clock }) => {
      const found = await store.run("why", { conversationId }, clock.now())
      io.out(values.json ? JSON.stringify(found, null, 2) : tell(found, language))
      return EXIT.ok
    })
  },
}

const tell = (
  { conversation, messages, verdicts, deliveries }: Why,
  language: Parameters<typeof tellReason>[1],
): string => {
  const lines = [`Conversation ${conversation.id} (${conversation.state})`]
  if (conversation.batch === "resting") lines.push("Its uncovered messages rest: somebody is there.")
  if (conversation.dueAt !== null) lines.push(`A notice is due at ${moment(conversation.dueAt)}.`)
  for (const { seq, at, excerpt, coveredBy } of messages) {
    lines.push("", `${seq}. ${moment(at)}  “${plain(excerpt)}”  (${coveredBy ?? "not covered yet"})`)
    const own = verdicts.filter((verdict) => verdict.seq === seq)
    if (own.length === 0) lines.push("   nothing decided about it yet")
    for (const { agentName, reason } of own) {
      const { text, todo } = tellReason(reason, language, undefined, agentName)
      lines.push(`   ${plain(agentName)}: ${plain(text)}`)
      if (todo !== null) lines.push(`      → ${plain(todo)}`)
    }
  }
  if (deliveries.length > 0) lines.push("", "Mails:")
  for (const mail of deliveries)
    lines.push(
      `   ${mail.id}  ${mail.state}  ${mail.kind} to ${mail.to}${mail.answer === null ? "" : `  ${plain(mail.answer)}`}`,
    )
  return lines.join("\n")
}
