import { z } from "zod"
import { MOST_FILES } from "../words/files.ts"
import { MAIL_ADDRESS } from "../words/mail-address.ts"
import { LANGUAGES } from "../words/nouns.ts"

/** Fields that several requests share, with the words a person reads when one is wrong. */

/** No control characters but tab and line feed. CR LF becomes LF. */
const clean = (value: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is to be removed
  value.replace(/\r\n?/g, "\n").replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, "")

/** A message: 1 to 10,000 characters once trimmed. */
export const text = z
  .string()
  .max(40_000)
  .transform(clean)
  .pipe(z.string().trim().min(1, "write something first").max(10_000, "at most 10,000 characters"))

/** The same of a message that may be files alone. */
export const textOrNone = z
  .string()
  .max(40_000)
  .transform(clean)
  .pipe(z.string().trim().max(10_000, "at most 10,000 characters"))

/** Files that were sent before, by their ids, in the order in which they stand under the message. */
export const files = z.array(z.string().max(64)).max(MOST_FILES, `at most ${MOST_FILES} files a message`)

/** A message says something, or has files. */
export const saysSomething = ({ text, files }: { text: string; files?: string[] }): boolean =>
  text !== "" || (files?.length ?? 0) > 0

/** A name of a person, site or company: one line, 1 to 80 characters. */
export const name = z
  .string()
  .transform((value) => clean(value).replace(/\s+/g, " ").trim())
  .pipe(z.string().min(1, "give a name").max(80, "at most 80 characters"))

/** A mail address of the form in words/mail-address.ts, lowercased. */
export const address = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, "at most 254 characters")
  .regex(MAIL_ADDRESS, "not a mail address: it should look like name@example.com")

/** Idempotency key that a client makes for each thing it writes. */
export const clientKey = z.string().regex(/^[A-Za-z0-9_-]{8,64}$/, "8 to 64 letters, digits, - or _")

/** An origin that may show the chat box, e.g. `https://example.com`, or `*` for all. */
export const origin = z.union([
  z.literal("*"),
  z
    .string()
    .transform((value) => value.trim().replace(/\/$/, "").toLowerCase())
    .pipe(
      z.string().regex(/^https?:\/\/[a-z0-9.-]+(:\d{1,5})?$/, "an origin looks like https://example.com"),
    ),
])

export const language = z.enum(LANGUAGES)

/** A remark on something: at most 1,000 characters; none at all is null. */
export const remark = z
  .string()
  .max(4000)
  .transform((value) => clean(value).trim().slice(0, 1000) || null)
