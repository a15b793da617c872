import { tellReason } from "../../shared/i18n/reasons/tell.ts"
import type { Foresight, ForesightOf } from "../../shared/protocol/views.ts"
import type { AccountId, GroupId } from "../../shared/words/ids.ts"
import type { Language } from "../../shared/words/nouns.ts"
import { Refusal } from "../../shared/words/refusals.ts"
import { EXIT } from "../start-error.ts"
import { type Command, none, type Opened, readArgs, withStore } from "./command.ts"
import { moment, plain, table, zoneName } from "./print.ts"
import { asLanguage, findAccount } from "./values.ts"

/** `porchlight simulate`: what would come of a message, before one comes. */
export const simulate: Command = {
  name: "simulate",
  summary: "if a visitor wrote now: who would get a mail, and who not and why",
  help: `usage: porchlight simulate [--account ACCOUNT] [--group GROUP] [--language en|cs|de|es|fr] [--json]

Says who would get a mail if a visitor wrote now, when and where, and who would not, and why: for the notice
that nobody was there, and, supposing that the visitor closed the page at once and nobody joined, for the one
about a missed conversation. Nothing is written. ACCOUNT and GROUP are ids or names.

examples:
  porchlight simulate
  porchlight simulate --group Sales --language de`,
  run: (args, io) => {
    const { values, positionals } = readArgs(args, {
      account: { type: "string" },
      group: { type: "string" },
      language: { type: "string", default: "en" },
      json: { type: "boolean", default: false },
    })
    none(positionals)
    const language = asLanguage("language", values.language) ?? "en"
    return withStore(io, async (opened) => {
      const accountId = await findAccount(opened, values.account)
      const groupId = values.group === undefined ? null : await findGroup(opened, accountId, values.group)
      const told = await opened.store.run("simulate", { accountId, groupId }, opened.clock.now())
      io.out(values.json ? JSON.stringify(told, null, 2) : tell(told, language))
      return EXIT.ok
    })
  },
}

const findGroup = async ({ store, clock }: Opened, accountId: AccountId, given: string): Promise<GroupId> => {
  const groups = await store.run("listGroups", { accountId }, clock.now())
  const group = groups.find(({ id, name }) => id === given || name === given)
  if (group) return group.id
  throw new Refusal("not-found", `there is no group “${given}”; “porchlight group list” shows them`)
}

const tell = (told: Foresight, language: Language): string => {
  const where = told.group === null ? "without a group" : `to ${plain(told.group)}`
  const light = told.light ? "The light is on." : "The light is off."
  const opens = told.opensAt === null ? "" : ` Hours open at ${moment(told.opensAt)}.`
  return [
    `If a visitor wrote now (${moment(told.now)}) ${where}: ${light}${opens}`,
    `Times are of ${zoneName()}.`,
    "",
    ...tellKind("Nobody there:", told.offline, language),
    "",
    ...tellKind("Missed, if the visitor closed the page at once and nobody joined:", told.missed, language),
  ].join("\n")
}

const tellKind = (title: string, { at, mails, agents }: ForesightOf, language: Language): string[] => {
  const lines = [title]
  if (at === null) lines.push("  no mail would go out while it stays so")
  for (const { address, forWhom, inbox } of mails) {
    const whom = [...forWhom, ...(inbox ? ["the general inbox"] : [])].join(", ")
    lines.push(`  a mail would go out at ${moment(at)} to ${address}, for ${plain(whom)}`)
  }
  const spared = agents.filter(({ reason }) => reason.code !== "sent-to")
  const rows = spared.map(({ name, reason }) => {
    const { text, todo } = tellReason(reason, language, undefined, name)
    return [name, text, todo ?? ""]
  })
  if (rows.length > 0)
    lines.push(...table(["gets none", "would be told", "what to do"], rows).replace(/^/gm, "  ").split("\n"))
  return lines
}
