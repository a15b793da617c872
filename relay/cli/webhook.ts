import { isId, type WebhookId } from "../../shared/words/ids.ts"
import { Refusal } from "../../shared/words/refusals.ts"
import { HOUR } from "../../shared/words/time.ts"
import { CHOSEN_EVENTS, type WebhookEvent } from "../../shared/words/webhooks.ts"
import { openOutside, refuseUnfit } from "../outside.ts"
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
import { moment, printDone, printList, zoneName } from "./print.ts"
import { asName, asSwitch, findAccount, required } from "./values.ts"

/** `porchlight webhook`: addresses that are told of what happens. */
export const webhook: Command = {
  name: "webhook",
  summary: "list, add, change, try or remove addresses that are told of what happens",
  help: `usage: porchlight webhook list [--account ACCOUNT] [--json]
       porchlight webhook add --name NAME --url URL --event EVENT [--event …] [--account ACCOUNT] [--json]
       porchlight webhook set WEBHOOK [--name NAME] [--url URL] [--event EVENT …] [--active on|off] [--json]
       porchlight webhook rotate WEBHOOK [--overlap 24h] [--json]
       porchlight webhook deliveries WEBHOOK [--json]
       porchlight webhook again WEBHOOK DELIVERY [--json]
       porchlight webhook test WEBHOOK [--json]
       porchlight webhook remove WEBHOOK [--json]

EVENT is one of
  ${CHOSEN_EVENTS.slice(0, 7).join(", ")},
  ${CHOSEN_EVENTS.slice(7).join(", ")}; or all
add and rotate print the secret that signs what is sent, this once; with rotate the one before signs along for the
overlap (0h to 168h). A running relay sends what again and test queue within seconds. docs/webhooks.md says what is
sent, and how to check who sent it.

examples:
  porchlight webhook add --name CRM --url https://crm.example/hook --event message.created
  porchlight webhook deliveries wh_aaaaaaaaaaaaaaaaaaaa`,
  run: (args, io) => pickVerb(args, { list, add, set, rotate, deliveries, again, test, remove })(io),
}

const JSON_OPTION = { json: { type: "boolean", default: false } } as const

const list = (args: string[], io: Io) => {
  const { values, positionals } = readArgs(args, { account: { type: "string" }, ...JSON_OPTION })
  none(positionals)
  return withStore(io, async (opened) => {
    const accountId = await findAccount(opened, values.account)
    printList(
      io,
      values.json,
      await opened.store.run("listWebhooks", { accountId }, opened.clock.now()),
      ["id", "name", "url", "events", "state"],
      (row) => [
        row.id,
        row.name,
        row.url,
        String(row.events.length),
        row.active
          ? row.failingSince === null
            ? "on"
            : `fails since ${moment(row.failingSince)}`
          : row.stoppedWhy === null
            ? "off"
            : `stopped: ${row.stoppedWhy}`,
      ],
      "There is no webhook: add one with “porchlight webhook add”.",
    )
    return EXIT.ok
  })
}

const add = (args: string[], io: Io) => {
  const { values, positionals } = readArgs(args, {
    account: { type: "string" },
    name: { type: "string" },
    url: { type: "string" },
    event: { type: "string", multiple: true },
    ...JSON_OPTION,
  })
  none(positionals)
  const name = required("name", asName("name", values.name))
  const url = required("url", asUrl(values.url))
  const events = required("event", asEvents(values.event))
  return withStore(io, async (opened) => {
    const accountId = await findAccount(opened, values.account)
    await refuseUnfit(openOutside(opened.config), url)
    const made = await opened.store.run("createWebhook", { accountId, name, url, events }, opened.clock.now())
    printDone(
      io,
      values.json,
      { ...made },
      `Added webhook ${name} (${made.webhookId}). What signs what it is sent, shown this once:\n${made.secret}`,
    )
    return EXIT.ok
  })
}

const set = (args: string[], io: Io) => {
  const { values, positionals } = readArgs(args, {
    name: { type: "string" },
    url: { type: "string" },
    event: { type: "string", multiple: true },
    active: { type: "string" },
    ...JSON_OPTION,
  })
  const id = asId(onlyOne(positionals, "webhook"))
  const [name, url] = [asName("name", values.name), asUrl(values.url)]
  const events = asEvents(values.event)
  const active = asSwitch("active", values.active)
  if ([name, url, events, active].every((one) => one === undefined))
    throw new UsageError("say what to change")
  return withStore(io, async (opened) => {
    const ids = await findWebhook(opened, id)
    if (url !== undefined) await refuseUnfit(openOutside(opened.config), url)
    const change = {
      ...(name !== undefined && { name }),
      ...(url !== undefined && { url }),
      ...(events !== undefined && { events }),
      ...(active !== undefined && { active }),
    }
    const { version } = await opened.store.run("setWebhook", { ...ids, ...change }, opened.clock.now())
    printDone(io, values.json, { ...ids, ...change, version }, `Changed webhook ${id}.`)
    return EXIT.ok
  })
}

const rotate = (args: string[], io: Io) => {
  const { values, positionals } = readArgs(args, {
    overlap: { type: "string", default: "24h" },
    ...JSON_OPTION,
  })
  const id = asId(onlyOne(positionals, "webhook"))
  const [, hours] = /^(\d{1,3})h$/.exec(values.overlap) ?? []
  if (hours === undefined || Number(hours) > 168)
    throw new UsageError(`--overlap “${values.overlap}”: it has to be hours from 0h to 168h`)
  return withStore(io, async (opened) => {
    const given = { ...(await findWebhook(opened, id)), overlapMs: Number(hours) * HOUR }
    const made = await opened.store.run("rotateWebhookSecret", given, opened.clock.now())
    const until =
      made.oldUntil === null
        ? "the one before signs no more"
        : `the one before signs along until ${moment(made.oldUntil)}`
    printDone(io, values.json, { ...made }, `The new secret, shown this once; ${until}:\n${made.secret}`)
    return EXIT.ok
  })
}

const deliveries = (args: string[], io: Io) => {
  const { values, positionals } = readArgs(args, JSON_OPTION)
  const id = asId(onlyOne(positionals, "webhook"))
  return withStore(io, async (opened) => {
    const given = { ...(await findWebhook(opened, id)), limit: 100 }
    printList(
      io,
      values.json,
      await opened.store.run("listWebhookDeliveries", given, opened.clock.now()),
      ["id", `at (${zoneName()})`, "event", "state", "tries", "status", "answer"],
      (row) => [
        row.id,
        moment(row.createdAt),
        row.event,
        row.state,
        String(row.attempts),
        row.status === null ? "–" : String(row.status),
        (row.answer ?? "–").slice(0, 60),
      ],
      "Nothing went to it in the last 30 days.",
    )
    return EXIT.ok
  })
}

const again = (args: string[], io: Io) => {
  const { values, positionals } = readArgs(args, JSON_OPTION)
  const [which = "", delivery = "", ...more] = positionals
  if (delivery === "" || more.length > 0) throw new UsageError("name the webhook and one delivery")
  const id = asId(which)
  if (!isId("webhook-delivery", delivery))
    throw new Refusal(
      "not-found",
      `“${delivery}” is no delivery: “porchlight webhook deliveries ${id}” shows them`,
    )
  return withStore(io, async (opened) => {
    const given = { ...(await findWebhook(opened, id)), id: delivery }
    await opened.store.run("sendWebhookAgain", given, opened.clock.now())
    printDone(io, values.json, { id: delivery }, `${delivery} is sent again.`)
    return EXIT.ok
  })
}

const test = (args: string[], io: Io) => {
  const { values, positionals } = readArgs(args, JSON_OPTION)
  const id = asId(onlyOne(positionals, "webhook"))
  return withStore(io, async (opened) => {
    const sent = await opened.store.run("testWebhook", await findWebhook(opened, id), opened.clock.now())
    const see = `“porchlight webhook deliveries ${id}” shows what it answered.`
    printDone(io, values.json, { ...sent }, `A running relay sends ${sent.id} within seconds; ${see}`)
    return EXIT.ok
  })
}

const remove = (args: string[], io: Io) => {
  const { values, positionals } = readArgs(args, JSON_OPTION)
  const id = asId(onlyOne(positionals, "webhook"))
  return withStore(io, async (opened) => {
    const ids = await findWebhook(opened, id)
    await opened.store.run("removeWebhook", ids, opened.clock.now())
    printDone(io, values.json, { ...ids }, `Removed webhook ${id}, with what was to go to it.`)
    return EXIT.ok
  })
}

const asId = (given: string): WebhookId => {
  if (isId("webhook", given)) return given
  throw new Refusal("not-found", `“${given}” is no id of a webhook: “porchlight webhook list” shows them`)
}

const asUrl = (given: string | undefined): string | undefined => {
  if (given === undefined) return undefined
  if (URL.canParse(given) && /^https?:$/.test(new URL(given).protocol)) return given
  throw new UsageError(`--url “${given}”: an address looks like https://example.com/porchlight`)
}

const asEvents = (given: string[] | undefined): WebhookEvent[] | undefined => {
  if (given === undefined) return undefined
  if (given.includes("all")) return [...CHOSEN_EVENTS]
  return given.map((one) => {
    const event = CHOSEN_EVENTS.find((known) => known === one)
    if (event === undefined)
      throw new UsageError(`--event “${one}”: it has to be all, or one of ${CHOSEN_EVENTS.join(", ")}`)
    return event
  })
}

/** The webhook with this id, on any account. */
const findWebhook = async ({ store, clock }: Opened, webhookId: WebhookId) => {
  for (const { id: accountId } of await store.run("listAccounts", {}, clock.now())) {
    const webhooks = await store.run("listWebhooks", { accountId }, clock.now())
    if (webhooks.some(({ id }) => id === webhookId)) return { accountId, webhookId }
  }
  throw new Refusal("not-found", `there is no webhook ${webhookId}; “porchlight webhook list” shows them`)
}
