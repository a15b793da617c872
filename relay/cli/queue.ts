import { userInfo } from "node:os"
import type { AccountId, DeliveryId } from "../../shared/words/ids.ts"
import { DELIVERY_STATES } from "../../shared/words/nouns.ts"
import { EXIT } from "../start-error.ts"
import {
  type Command,
  type Io,
  none,
  type Opened,
  onlyOne,
  pickVerb,
  readArgs,
  UsageError,
  withStore,
} from "./command.ts"
import { moment, plain, printDone, printList, zoneName } from "./print.ts"
import { asMailId } from "./values.ts"

/** `porchlight queue`: mails on their way out. */
export const queue: Command = {
  name: "queue",
  summary: "list, show, retry, hold or drop mails of the queue",
  help: `usage: porchlight queue list [--state ${DELIVERY_STATES.join("|")}] [--limit 50] [--json]
       porchlight queue show MAIL [--json]
       porchlight queue retry MAIL [--json]
       porchlight queue hold MAIL --reason TEXT [--json]
       porchlight queue drop MAIL --reason TEXT [--json]

MAIL is an id from the list. retry tries it now, also one that was held, failed or dropped; hold keeps it from
being tried until then; drop gives it up. Whoever waits for the mail reads who held or dropped it, and the reason.

examples:
  porchlight queue list --state queued
  porchlight queue show dl_aaaaaaaaaaaaaaaaaaaa
  porchlight queue hold dl_aaaaaaaaaaaaaaaaaaaa --reason "their server is being moved"`,
  run: (args, io) => pickVerb(args, { list, show, retry, hold, drop })(io),
}

const JSON_OPTION = { json: { type: "boolean", default: false } } as const

const list = (args: string[], io: Io) => {
  const { values, positionals } = readArgs(args, {
    state: { type: "string" },
    limit: { type: "string", default: "50" },
    ...JSON_OPTION,
  })
  none(positionals)
  const state = DELIVERY_STATES.find((one) => one === values.state)
  if (values.state !== undefined && state === undefined)
    throw new UsageError(`--state “${values.state}”: it has to be ${DELIVERY_STATES.join(", ")}`)
  if (!/^[1-9]\d{0,3}$/.test(values.limit))
    throw new UsageError(`--limit “${values.limit}”: it has to be a number from 1 to 9999`)
  return withStore(io, async ({ store, clock }) => {
    const input = { accountId: null, limit: Number(values.limit), state }
    printList(
      io,
      values.json,
      await store.run("listDeliveries", input, clock.now()),
      ["id", "state", "kind", "to", "tries", `next try (${zoneName()})`, "last answer"],
      (row) => [
        row.id,
        row.state,
        row.kind,
        row.to,
        String(row.attempts),
        moment(row.nextAt),
        (row.answer ?? "–").slice(0, 60),
      ],
      "No mail.",
    )
    return EXIT.ok
  })
}

const show = (args: string[], io: Io) => {
  const { values, id } = oneMail(args)
  return withStore(io, async (opened) => {
    // Not the content: it holds a sign-in code where there is one.
    const { content: _, raw, ...mail } = await readMail(opened, id)
    if (values.json) {
      io.out(JSON.stringify({ ...mail, raw: raw === null ? null : Buffer.from(raw).toString() }, null, 2))
      return EXIT.ok
    }
    const lines = [
      `${mail.kind} to ${mail.to}: ${mail.state}`,
      `  subject      ${mail.subject}`,
      `  created      ${moment(mail.createdAt)}`,
      `  tries        ${mail.attempts}${mail.nextAt === null ? "" : `, next ${moment(mail.nextAt)}`}`,
      `  last answer  ${mail.answer ?? "–"}`,
      ...(mail.note === null
        ? []
        : [`  ${mail.state === "held" ? "held by     " : "dropped by  "} ${mail.note}`]),
      `  settled      ${moment(mail.settledAt)}`,
      ...mail.reports.map(
        ({ at, action, effect, answer }) =>
          `  report       ${moment(at)}: ${action}${effect === action ? "" : ` (${effect})`} ${plain(answer)}`,
      ),
      `  times        of ${zoneName()}`,
    ]
    io.out(lines.join("\n"))
    if (raw !== null) io.out(`\n${Buffer.from(raw).toString()}`)
    return EXIT.ok
  })
}

const retry = (args: string[], io: Io) => {
  const { values, id } = oneMail(args)
  return change(io, values.json, id, "will be tried now", ({ store, clock }, of) =>
    store.run("retryDelivery", of, clock.now()),
  )
}

const hold = (args: string[], io: Io) => {
  const { values, id, note } = oneMailWithReason(args)
  return change(io, values.json, id, "is held until it is retried or dropped", ({ store, clock }, of) =>
    store.run("holdMail", { ...of, note }, clock.now()),
  )
}

const drop = (args: string[], io: Io) => {
  const { values, id, note } = oneMailWithReason(args)
  return change(io, values.json, id, "is dropped", ({ store, clock }, of) =>
    store.run("dropDelivery", { ...of, note }, clock.now()),
  )
}

const change = (
  io: Io,
  json: boolean,
  id: DeliveryId,
  done: string,
  act: (opened: Opened, of: { accountId: AccountId; id: DeliveryId; by: string }) => Promise<void>,
) =>
  withStore(io, async (opened) => {
    const { accountId } = await readMail(opened, id)
    await act(opened, { accountId, id, by: userInfo().username })
    printDone(io, json, { id }, `${id} ${done}.`)
    return EXIT.ok
  })

const oneMailWithReason = (args: string[]) => {
  const { values, positionals } = readArgs(args, { ...JSON_OPTION, reason: { type: "string" } })
  if (values.reason === undefined)
    throw new UsageError("give the reason with --reason: whoever waits for the mail reads it")
  return { values, id: asMailId(onlyOne(positionals, "mail")), note: values.reason }
}

const oneMail = (args: string[]) => {
  const { values, positionals } = readArgs(args, JSON_OPTION)
  return { values, id: asMailId(onlyOne(positionals, "mail")) }
}

const readMail = ({ store, clock }: Opened, id: ReturnType<typeof oneMail>["id"]) =>
  store.run("readDelivery", { id }, clock.now())
