import { tellBy, tellFields, tellThing } from "../../shared/i18n/changes/tell.ts"
import { changeWords } from "../../shared/i18n/changes/words.ts"
import { CHANGE_KINDS } from "../../shared/words/changes.ts"
import { EXIT } from "../start-error.ts"
import { type Command, none, readArgs, UsageError, withStore } from "./command.ts"
import { moment, plain, zoneName } from "./print.ts"
import { asLanguage, findAccount, findAgent } from "./values.ts"

/** `porchlight changes`: who set what, when. */
export const changes: Command = {
  name: "changes",
  summary: "who set what, when, from what to what, and by which way",
  help: `usage: porchlight changes [--account ACCOUNT] [--by AGENT] [--kind KIND] [--limit 50] [--before N]
                           [--language en] [--json]

Prints the changes of an account's settings, newest first, numbered; --before goes on where a page ended. ACCOUNT is
an id or a name, AGENT an id or an address, KIND one of
  ${CHANGE_KINDS.join(", ")}

examples:
  porchlight changes
  porchlight changes --by ada@lamps.example --kind redirect`,
  run: (args, io) => {
    const { values, positionals } = readArgs(args, {
      account: { type: "string" },
      by: { type: "string" },
      kind: { type: "string" },
      limit: { type: "string", default: "50" },
      before: { type: "string" },
      language: { type: "string" },
      json: { type: "boolean", default: false },
    })
    none(positionals)
    const kind = CHANGE_KINDS.find((one) => one === values.kind)
    if (values.kind !== undefined && kind === undefined)
      throw new UsageError(`--kind “${values.kind}”: it has to be ${CHANGE_KINDS.join(", ")}`)
    const limit = asNumber("limit", values.limit, 999)
    const before = values.before === undefined ? undefined : asNumber("before", values.before, 999_999_999)
    const language = asLanguage("language", values.language) ?? "en"
    return withStore(io, async (opened) => {
      const by = values.by === undefined ? null : await findAgent(opened, values.by)
      const accountId = by?.accountId ?? (await findAccount(opened, values.account))
      const filter = { ...(by && { agentId: by.agentId }), ...(kind && { kind }), ...(before && { before }) }
      const { store, clock } = opened
      const found = await store.run("listChanges", { accountId, limit, ...filter }, clock.now())
      if (values.json) {
        io.out(JSON.stringify(found, null, 2))
        return EXIT.ok
      }
      if (found.changes.length === 0) {
        io.out("Nothing was changed that fits.")
        return EXIT.ok
      }
      const words = { say: changeWords(language), language, names: found.names }
      io.out(`Times are of ${zoneName()}.`)
      for (const change of found.changes) {
        const what = `${tellThing(words, change)}: ${words.say(`deed.${change.deed}`)}`
        io.out(`\n${change.seq}. ${moment(change.at)}  ${plain(what)}  (${plain(tellBy(words, change))})`)
        for (const line of tellFields(words, change)) io.out(`     ${plain(line)}`)
      }
      if (found.next !== null) io.out(`\nOlder ones: porchlight changes --before ${found.next}`)
      return EXIT.ok
    })
  },
}

const asNumber = (option: string, value: string, most: number): number => {
  const number = Number(value)
  if (/^[1-9]\d*$/.test(value) && number <= most) return number
  throw new UsageError(`--${option} “${value}”: it has to be a number from 1 to ${most}`)
}
