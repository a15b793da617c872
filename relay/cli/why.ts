import { tellKind, tellVerdict } from "../../shared/i18n/reasons/tell.ts"
import { tellVisitorMail } from "../../shared/i18n/reasons/visitor-mail.ts"
import { type Language, NOTICE_KINDS, type NoticeKind } from "../../shared/words/nouns.ts"
import type { Actions } from "../actions/index.ts"
import { EXIT } from "../start-error.ts"
import type { OutputOf } from "../store/store.ts"
import { type Command, onlyOne, readArgs, withStore } from "./command.ts"
import { moment, plain, zoneName } from "./print.ts"
import { asConversationId, asLanguage } from "./values.ts"

type Why = OutputOf<Actions["why"]>
type Message = Why["messages"][number]

/** `porchlight why`: what became of every visitor message, for every agent, and why. */
export const why: Command = {
  name: "why",
  summary: "why a message became an e-mail, or why not, for each agent",
  help: `usage: porchlight why CONVERSATION [--language en|cs|de|es|fr] [--json]

Prints, for every message of the visitor, what was decided for each agent about offline notices and about
notices of a missed conversation, with its facts, what to do about it and, where there is something, a text to
hand to a mail admin. Times are of this machine's zone, which is named (TZ=Europe/Prague changes it). CONVERSATION is its id, or its address in the desk (…/desk#/c/<id>), which is in every notice too.

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

/** What became of a message on the whole, in a few words. */
const COVERED: Record<NonNullable<Message["coveredBy"]> | "none", string> = {
  opened: "somebody opened it",
  joined: "somebody took the conversation",
  mailed: "it went into a mail",
  withheld: "there was nobody to mail it to",
  none: "nobody has seen to it yet",
}

const tell = ({ conversation, messages, verdicts, deliveries }: Why, language: Language): string => {
  const { id, state, owner, group, batch, dueAt, missedDueAt } = conversation
  const whose = state !== "mine" ? state : owner === null ? "joined" : `joined by ${plain(owner)}`
  const lines = [`Conversation ${id} (${whose}${group === null ? "" : `, group ${plain(group)}`})`]
  lines.push(`Times are of ${zoneName()}.`)
  if (batch === "resting") lines.push("What nobody has seen to rests: somebody is there.")
  if (dueAt !== null) lines.push(`Offline notices are due at ${moment(dueAt)}, unless somebody sees to it.`)
  if (missedDueAt !== null)
    lines.push(`It counts as missed at ${moment(missedDueAt)}, unless somebody joins.`)
  for (const { seq, at, excerpt, coveredBy } of messages) {
    lines.push("", `${seq}. ${moment(at)}  “${plain(excerpt)}”  (${COVERED[coveredBy ?? "none"]})`)
    const own = verdicts.filter((verdict) => verdict.seq === seq)
    if (own.length === 0) lines.push("   Nothing was decided about it.")
    for (const kind of NOTICE_KINDS) lines.push(...tellOfKind(own, kind, language))
  }
  if (deliveries.length > 0) lines.push("", "Mails:")
  for (const mail of deliveries)
    lines.push(
      `   ${mail.id}  ${mail.state}  ${mail.kind} to ${mail.to}${mail.answer === null ? "" : `  ${plain(mail.answer)}`}`,
      ...unreached(mail, conversation.channel, language),
    )
  return lines.join("\n")
}

/** Of a mail to the visitor that failed: what that means, and what to do. */
const unreached = (
  mail: Why["deliveries"][number],
  channel: Why["conversation"]["channel"],
  language: Language,
): string[] => {
  if (mail.state !== "failed" || (mail.kind !== "answer" && mail.kind !== "transcript")) return []
  const { text, todo } = tellVisitorMail(mail, channel, language)
  return [`     ${plain(text)}`, ...(todo === null ? [] : [`       → ${plain(todo)}`])]
}

/** What was decided about one kind of notice: for each agent why, what to do, and what to hand to a mail admin. */
const tellOfKind = (verdicts: Why["verdicts"], kind: NoticeKind, language: Language): string[] => {
  const own = verdicts
    .filter((verdict) => verdict.kind === kind)
    .sort((a, b) => a.agentName.localeCompare(b.agentName))
  if (own.length === 0) return []
  const told = own.flatMap((verdict) => {
    const { text, todo, handOver } = tellVerdict(verdict, language)
    return [
      `     ${plain(verdict.agentName)}: ${plain(text)}`,
      ...(todo === null ? [] : [`       → ${plain(todo)}`]),
      ...(handOver?.split("\n").map((line) => `         | ${plain(line)}`.trimEnd()) ?? []),
    ]
  })
  return [`   [${tellKind(kind, language)}]`, ...told]
}
