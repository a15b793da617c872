import { z } from "zod"
import * as fields from "../../shared/protocol/fields.ts"
import type { AccountId, AgentId, ConversationId, DeliveryId, GroupId } from "../../shared/words/ids.ts"
import { isId } from "../../shared/words/ids.ts"
import { INBOX_MODES, LANGUAGES, PLANS, ROLES } from "../../shared/words/nouns.ts"
import { Refusal } from "../../shared/words/refusals.ts"
import { type Millis, SECOND } from "../../shared/words/time.ts"
import { type DkimKeys, keysOrFirst } from "../mail/dkim-keys.ts"
import { type Opened, UsageError } from "./command.ts"

/** Values of options, checked as the API checks them; UsageError says which option and what would be right. */
const read = <Schema extends z.ZodType>(option: string, value: unknown, schema: Schema): z.output<Schema> => {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  throw new UsageError(`--${option} “${String(value)}”: ${result.error.issues[0]?.message ?? "is wrong"}`)
}

const optional =
  <Schema extends z.ZodType>(schema: Schema) =>
  (option: string, value: string | undefined): z.output<Schema> | undefined =>
    value === undefined ? undefined : read(option, value, schema)

const oneOf = <const Values extends readonly [string, ...string[]]>(values: Values) =>
  z.enum(values, { error: `it has to be ${values.join(", ")}` })

export const asName = optional(fields.name)
export const asAddress = optional(fields.address)
export const asLanguage = optional(oneOf(LANGUAGES))
export const asRole = optional(oneOf(ROLES))
export const asPlan = optional(oneOf(PLANS))
export const asInboxMode = optional(oneOf(INBOX_MODES))

/** `on` or `off`. */
export const asSwitch = (option: string, value: string | undefined): boolean | undefined => {
  const given = optional(oneOf(["on", "off"]))(option, value)
  return given === undefined ? undefined : given === "on"
}

/** IANA time zone, as this machine knows them. */
export const asZone = optional(
  z.string().refine((zone) => {
    try {
      return new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone !== ""
    } catch {
      return false
    }
  }, "it has to be a time zone like Europe/Prague"),
)

/** An address given as an argument of its own. */
export const asAddressArgument = (given: string): string => {
  const result = fields.address.safeParse(given)
  if (result.success) return result.data
  throw new UsageError(`“${given}”: ${result.error.issues[0]?.message ?? "is no address"}`)
}

/** The six digits that a mail brought. */
export const asCode = (given: string | undefined): string => {
  if (given === undefined) throw new UsageError("say which code the mail brought")
  if (!/^\d{6}$/.test(given)) throw new UsageError(`“${given}” is no code: it has six digits`)
  return given
}

/** Whole seconds, 0 to 600, as milliseconds. */
export const asSeconds = (option: string, value: string | undefined): Millis | undefined => {
  if (value === undefined) return undefined
  if (!/^\d{1,3}$/.test(value) || Number(value) > 600)
    throw new UsageError(`--${option} “${value}”: it has to be whole seconds, 0 to 600`)
  return Number(value) * SECOND
}

/** Origins, each in an option of its own. */
export const asOrigins = (option: string, values: string[] | undefined): string[] | undefined =>
  values?.map((value) => read(option, value, fields.origin))

/** UsageError when an option without a default was left out. */
export const required = <Value>(option: string, value: Value | undefined): Value => {
  if (value === undefined) throw new UsageError(`--${option} is missing`)
  return value
}

/** The account of `--account` (id or name); without it the only one there is. */
export const findAccount = async (
  { store, clock }: Opened,
  given: string | undefined,
): Promise<AccountId> => {
  const accounts = await store.run("listAccounts", {}, clock.now())
  const found =
    given === undefined ? accounts : accounts.filter(({ id, name }) => id === given || name === given)
  const [account, ...others] = found
  if (account === undefined)
    throw new Refusal(
      "not-found",
      given === undefined
        ? "there is no account yet: make one with “porchlight setup”"
        : `there is no account “${given}”; “porchlight account list” shows them`,
    )
  if (others.length > 0)
    throw new UsageError(
      `there are several accounts: name one with --account ${found.map(({ id }) => id).join(" or ")}`,
    )
  return account.id
}

/** The agent with this id or sign-in address, on any account. */
export const findAgent = async (
  { store, clock }: Opened,
  given: string,
): Promise<{ accountId: AccountId; agentId: AgentId }> => {
  for (const { id: accountId } of await store.run("listAccounts", {}, clock.now())) {
    const agents = await store.run("listAgents", { accountId }, clock.now())
    const agent = agents.find(({ id, address }) => id === given || address === given.toLowerCase())
    if (agent !== undefined) return { accountId, agentId: agent.id }
  }
  throw new Refusal("not-found", `there is no agent “${given}”; “porchlight agent list” shows them`)
}

/** The group of an account with this id or name. */
export const findGroup = async (
  { store, clock }: Opened,
  accountId: AccountId,
  given: string,
): Promise<GroupId> => {
  const groups = await store.run("listGroups", { accountId }, clock.now())
  const group = groups.find(({ id, name }) => id === given || name === given)
  if (group !== undefined) return group.id
  throw new Refusal("not-found", `there is no group “${given}”; “porchlight group list” shows them`)
}

/** The groups of an account with these ids or names, in their order. */
export const findGroups = async (
  opened: Opened,
  accountId: AccountId,
  given: readonly string[],
): Promise<GroupId[]> => {
  const groups: GroupId[] = []
  for (const one of given) groups.push(await findGroup(opened, accountId, one))
  return groups
}

/** A conversation's id, or the desk's address of it. Throws Refusal `not-found`. */
export const asConversationId = (given: string): ConversationId => {
  const id = given.slice(given.lastIndexOf("/") + 1)
  if (isId("conversation", id)) return id
  const where = "it is like co_… and ends the desk's address of the conversation"
  throw new Refusal("not-found", `“${given}” is no id of a conversation: ${where}`)
}

/** The id of a mail in the queue. Throws Refusal `not-found`. */
export const asMailId = (given: string): DeliveryId => {
  if (isId("delivery", given)) return given
  throw new Refusal("not-found", `“${given}” is no id of a mail: “porchlight queue list” shows them`)
}

/** The DKIM keys, made if there are none yet. */
export const signingKeys = ({ store, clock }: Opened): Promise<DkimKeys> =>
  keysOrFirst((make) => store.run("readSigningKeys", { make }, clock.now()), clock.now())

/**
 * The mail domains on this relay, its own first; with a name given, that one. Throws Refusal `not-found` when it is
 * none of them.
 */
export const chooseDomains = async (
  { config, store, clock }: Opened,
  given: string | undefined,
): Promise<string[]> => {
  const accounts = await store.run("listAccounts", {}, clock.now())
  const own = accounts.flatMap(({ mailDomain }) => (mailDomain === null ? [] : [mailDomain]))
  const domains = [config.mailDomain, ...own]
  if (given === undefined) return domains
  const name = given.toLowerCase().replace(/\.$/, "")
  if (domains.includes(name)) return [name]
  throw new Refusal(
    "not-found",
    `“${given}” is no mail domain of this relay; there is ${domains.join(", ")}. An account gets one of its own with “porchlight account set --mail-domain”`,
  )
}
