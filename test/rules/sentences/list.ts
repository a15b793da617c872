import { NOTICES } from "./list-notices.ts"
import { PRESENCE_AND_LIGHT } from "./list-presence.ts"

/** A file under test/, and titles of tests in it. */
type Shown = readonly [file: string, ...titles: string[]]

/** By section, by sentence: the tests that show it. */
export type Sentences = Record<string, Record<string, readonly Shown[]>>

/**
 * The sentences of the rules, in their order, and the tests that show each. What is new in the rules gets a
 * line here and a test of its own.
 */
export const SENTENCES: Sentences = { ...PRESENCE_AND_LIGHT, ...NOTICES }
