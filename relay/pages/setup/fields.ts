import type { SayPage } from "../kit/words.ts"

/** What a person types on the set-up page. */
export interface SetupFields {
  company: string
  name: string
  address: string
  siteName: string
  origins: string
  times: "daily" | "trial"
}

export type FieldName = Exclude<keyof SetupFields, "times">
export type FieldErrors = Partial<Record<FieldName, string>>

/** Seconds of grace and wait on trial: short enough to watch, long enough to come back in. */
export const TRIAL_SECONDS = 10
/** As shared/protocol/fields.ts has it. */
const LONGEST_NAME = 80

/** What is wrong, field by field, in words; the relay checks again and has the last word. */
export const checkFields = (say: SayPage, fields: SetupFields): FieldErrors => {
  const errors: FieldErrors = {}
  for (const name of ["company", "name", "address", "siteName", "origins"] as const)
    if (fields[name].trim() === "") errors[name] = say("wrong.empty")
  for (const name of ["company", "name", "siteName"] as const)
    if (fields[name].trim().length > LONGEST_NAME) errors[name] = say("wrong.long")
  if (errors.address === undefined && !/^\S+@\S+\.\S+$/.test(fields.address.trim()))
    errors.address = say("wrong.address")
  const bad = originsIn(fields.origins).find((origin) => origin.origin === null)
  if (errors.origins === undefined && bad !== undefined)
    errors.origins = say("wrong.origin", { value: bad.typed })
  return errors
}

/**
 * Origins as a person writes them: separated by spaces, commas or lines; without a scheme https is meant,
 * http on this machine; a path is left away. `origin` is null where it is no web address.
 */
export const originsIn = (text: string): { typed: string; origin: string | null }[] =>
  text
    .split(/[\s,;]+/)
    .filter((typed) => typed !== "")
    .map((typed) => ({ typed, origin: originOf(typed) }))

const originOf = (typed: string): string | null => {
  if (typed === "*") return "*"
  const local = /^(localhost|127\.0\.0\.1)(:|\/|$)/i.test(typed)
  const url = URL.parse(
    /^[a-z][a-z0-9+.-]*:\/\//i.test(typed) ? typed : `${local ? "http" : "https"}://${typed}`,
  )
  if (url === null || !/^https?:$/.test(url.protocol)) return null
  return local || url.hostname.includes(".") || url.hostname === "localhost" ? url.origin : null
}

/** Names of the fields as the relay's refusals have them (`site.origins.1`), for the words beside ours. */
export const fieldOf = (path: string): FieldName | null => {
  if (path.startsWith("site.origins")) return "origins"
  const fields: Record<string, FieldName> = {
    company: "company",
    "agent.name": "name",
    "agent.address": "address",
    "site.name": "siteName",
  }
  return fields[path] ?? null
}
