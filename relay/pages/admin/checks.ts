import { MAIL_ADDRESS } from "../../../shared/words/mail-address.ts"
import { originsIn } from "../setup/fields.ts"
import type { SayAdmin } from "./words.ts"

/** What is wrong with what was typed, in words; undefined where nothing is. The relay has the last word. */
export type Wrong = string | undefined

/** As shared/protocol/fields.ts has it. */
const LONGEST_NAME = 80

export const wrongName = (say: SayAdmin, name: string): Wrong =>
  name.trim() === ""
    ? say("wrong.empty")
    : name.trim().length > LONGEST_NAME
      ? say("wrong.long", { most: LONGEST_NAME })
      : undefined

export const wrongAddress = (say: SayAdmin, address: string): Wrong =>
  address.trim() === ""
    ? say("wrong.empty")
    : MAIL_ADDRESS.test(address.trim().toLowerCase())
      ? undefined
      : say("wrong.address")

export const wrongOrigins = (say: SayAdmin, text: string): Wrong => {
  const origins = originsIn(text)
  const bad = origins.find(({ origin }) => origin === null)
  if (origins.length === 0) return say("wrong.empty")
  return bad === undefined ? undefined : say("wrong.origin", { value: bad.typed })
}

/** Grace and wait, as rules.md bounds them. */
const MOST_SECONDS = 600

export const wrongSeconds = (say: SayAdmin, text: string): Wrong =>
  /^\d{1,3}$/.test(text.trim()) && Number(text) <= MOST_SECONDS
    ? undefined
    : say("wrong.seconds", { most: MOST_SECONDS })

/** Whether nothing is wrong with any. */
export const isFine = (wrong: Readonly<Record<string, Wrong>>): boolean =>
  Object.values(wrong).every((one) => one === undefined)
