import type { DestinationView } from "../../shared/protocol/views.ts"
import { EXIT } from "../start-error.ts"
import { type Command, type Io, none, onlyOne, pickVerb, readArgs, UsageError, withStore } from "./command.ts"
import { moment, plain, printDone, printList } from "./print.ts"
import { asAddressArgument, findAccount } from "./values.ts"

/** `porchlight destinations`: how the addresses fare that mail goes to. */
export const destinations: Command = {
  name: "destinations",
  summary: "the addresses mail goes to: which fail, and what stands in for them",
  help: `usage: porchlight destinations list [--failing] [--account ACCOUNT] [--json]
       porchlight destinations fallback ADDRESS (--to OTHER | --off) [--account ACCOUNT] [--json]

An address keeps failing when three mails in a row have failed for good there, or every try for a day. While it does,
notices go to its fallback, too; that ends by itself with the first mail that arrives there. A fallback has to be
confirmed before: see “porchlight address”. What the classes mean and what to do: docs/mail-admin.md.
  --failing  only those where something is wrong
  --to       the address that gets notices along with ADDRESS
  --off      none any more

examples:
  porchlight destinations list --failing
  porchlight destinations fallback ada@lamps.example --to office@lamps.example`,
  run: (args, io) => pickVerb(args, { list, fallback })(io),
}

const list = (args: string[], io: Io) => {
  const { values, positionals } = readArgs(args, {
    account: { type: "string" },
    failing: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
  })
  none(positionals)
  return withStore(io, async ({ store, clock, ...opened }) => {
    const accountId = await findAccount({ store, clock, ...opened }, values.account)
    const all = (await store.run("listDestinations", { accountId }, clock.now())).destinations
    const rows = values.failing ? all.filter((row) => row.failingSince !== null) : all
    const headings = ["address", "of", "state", "since", "class", "fallback"]
    printList(io, values.json, rows, headings, cells, "No address is failing.")
    if (!values.json)
      for (const { address, lastFailure } of rows)
        if (lastFailure !== null) io.out(`\n${address}: ${plain(lastFailure.answer)}`)
    return EXIT.ok
  })
}

const cells = (row: DestinationView): string[] => [
  row.address,
  [
    ...row.agents.map(({ name }) => name),
    ...row.inboxes.map((name) => (name === "" ? "inbox" : `${name} inbox`)),
  ].join(", "),
  row.failing ? "keeps failing" : row.failingSince === null ? "fine" : "failed last",
  moment(row.failingSince),
  row.lastFailure?.outcome ?? "–",
  row.fallback?.address ?? "–",
]

const fallback = (args: string[], io: Io) => {
  const { values, positionals } = readArgs(args, {
    account: { type: "string" },
    to: { type: "string" },
    off: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
  })
  const address = asAddressArgument(onlyOne(positionals, "address"))
  if (values.off === (values.to !== undefined)) throw new UsageError("say either --to OTHER or --off")
  const to = values.to === undefined ? null : asAddressArgument(values.to)
  return withStore(io, async (opened) => {
    const accountId = await findAccount(opened, values.account)
    const given = { accountId, agentId: null, address, fallback: to }
    const set = await opened.store.run("setFallback", given, opened.clock.now())
    printDone(
      io,
      values.json,
      { ...set },
      to === null
        ? `${address} has no fallback any more.`
        : `Notices go to ${to}, too, while mail to ${address} keeps failing.`,
    )
    return EXIT.ok
  })
}
