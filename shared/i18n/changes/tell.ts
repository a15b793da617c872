import type { ChangeView } from "../../protocol/record-views.ts"
import type { Json } from "../../words/changes.ts"
import type { OfficeHours } from "../../words/hours.ts"
import { LANGUAGES, type Language } from "../../words/nouns.ts"
import { listOf, momentIn, type Say, weekdayIn } from "../formatter.ts"
import { en } from "./en.ts"

/** The log of changes in words. */
export type SayChanges = Say<typeof en>

export interface ChangeWords {
  say: SayChanges
  language: Language
  /** What agents and groups are called, by id. */
  names: Readonly<Record<string, string>>
}

/** Who did it, and by which way: `Anna in the desk or these screens`. */
export const tellBy = (words: ChangeWords, change: ChangeView): string => {
  const who = tellWho(words, change)
  const { way } = change
  return way === "set-up" || way === "relay" ? who : `${who} ${words.say(`way.${way}`)}`
}

const tellWho = ({ say, names }: ChangeWords, { way, byAgent, byName }: ChangeView): string => {
  if (byAgent !== null) return names[byAgent] || say("who.former")
  if (byName !== null) return byName
  return say(way === "set-up" ? "who.set-up" : "who.relay")
}

/** What it was done to. */
export const tellThing = ({ say, names }: ChangeWords, { kind, thing, name }: ChangeView): string => {
  const called = (id: string): string => names[id] || say("who.former")
  switch (kind) {
    case "account":
      return say("thing.account")
    case "agent":
      return say("thing.agent", { name: called(thing) })
    case "redirect": {
      const [owner, id = ""] = thing.split(":")
      if (owner === "account") return say("thing.redirect.account")
      return say(owner === "group" ? "thing.redirect.group" : "thing.redirect.agent", { name: called(id) })
    }
    case "person":
      if (thing === "visitor") return say("thing.person.visitor")
      return say(thing === "account" ? "thing.person.account" : "thing.person.agent")
    case "address":
    case "fallback":
      return say(`thing.${kind}`, { name: thing })
    default:
      return say(`thing.${kind}`, { name: name ?? thing })
  }
}

/**
 * Each thing that changed about it, as `Grace: 120 s → 30 s`; what is new or gone, with the one value there is. A look
 * that was written down as it was anyway is no change to anybody.
 */
export const tellFields = (words: ChangeWords, change: ChangeView): string[] =>
  change.fields.flatMap((one) => {
    const field = tellField(words.say, one.field)
    const value = (json: Json): string => tellValue(words, one.field, json)
    if (change.deed === "changed") {
      const again = one.field === "picture" && one.from !== null && one.to !== null
      const to = again ? words.say("value.picture.other") : value(one.to)
      const from = value(one.from)
      return one.field === "look" && from === to ? [] : words.say("from-to", { field, from, to })
    }
    return words.say("only", { field, value: value(change.deed === "made" ? one.to : one.from) })
  })

/** A column that has no words yet is named as it is. */
const tellField = (say: SayChanges, field: string): string => {
  const key = `field.${field}`
  return Object.hasOwn(en, key) ? say(key as "field.name") : field
}

const WORDED = new Set(["agent", "admin", "along-with", "instead"])

const tellValue = (words: ChangeWords, field: string, value: Json): string => {
  const { say, language, names } = words
  if (field === "hours") return tellHours(words, value as OfficeHours | null)
  if (value === null || value === "") return say("value.none")
  // Which one it is says only an id.
  if (field === "picture") return say("value.picture")
  if (typeof value === "boolean") {
    if (field === "active") return say(value ? "value.yes" : "value.no")
    return say(value ? "value.on" : "value.off")
  }
  if (typeof value === "number") {
    if (field.endsWith("_ms")) return say("value.seconds", { seconds: value / 1000 })
    return field.endsWith("_at") ? momentIn(value, language) : String(value)
  }
  if (field === "language" && isLanguage(value)) return nameOf(value, language)
  if (field === "side" && (value === "left" || value === "right")) return say(`look.side.${value}`)
  if (field === "theme" && (value === "light" || value === "dark")) return say(`look.theme.${value}`)
  if (typeof value === "string")
    return WORDED.has(value) ? say(`value.${value}` as "value.agent") : names[value] || value
  if (Array.isArray(value)) {
    if (value.length === 0) return say(field === "members" ? "value.nobody" : "value.none")
    const parts = value.map((one) => (typeof one === "string" ? names[one] || one : JSON.stringify(one)))
    return listOf(parts, language)
  }
  const parts = Object.entries(value)
    .filter(([, one]) => isSet(one))
    .map(([key, one]) => `${tellPart(words, key)}: ${tellValue(words, key, one)}`)
  return parts.length === 0 ? say("value.none") : parts.join("; ")
}

const isLanguage = (value: Json): value is Language => (LANGUAGES as readonly Json[]).includes(value)

const nameOf = (one: Language, language: Language): string =>
  new Intl.DisplayNames([language], { type: "language" }).of(one) ?? one

/** Of a look, what is not as it comes. */
const isSet = (value: Json): boolean =>
  value !== null &&
  value !== "auto" &&
  (typeof value !== "object" || Array.isArray(value) || Object.keys(value).length > 0)

/** What a part of a thing with several is called. */
const tellPart = ({ say, language }: ChangeWords, key: string): string => {
  if (isLanguage(key)) return nameOf(key, language)
  switch (key) {
    case "language":
      return say("field.language")
    case "color":
    case "side":
    case "theme":
    case "launcher":
    case "greeting":
      return say(`look.${key}`)
    default:
      return key
  }
}

/** `Mon 09:00–12:00, Tue 09:00–12:00 (Europe/Prague), 2 exceptions`. */
const tellHours = ({ say, language }: ChangeWords, hours: OfficeHours | null): string => {
  if (hours === null) return say("value.always")
  const spans = [...hours.week].sort((a, b) => a.day - b.day || a.from.localeCompare(b.from))
  const week = spans
    .map(({ day, from, to }) => `${weekdayIn(day, language, "short")} ${from}–${to}`)
    .join(", ")
  const exceptions =
    hours.exceptions.length === 0 ? [] : [say("value.exceptions", { count: hours.exceptions.length })]
  return [week === "" ? say("value.never") : `${week} (${hours.zone})`, ...exceptions].join(", ")
}
