import type { Language } from "../../words/nouns.ts"
import { type Catalogue, type Say, speak } from "../formatter.ts"
import { cs } from "./cs.ts"
import { de } from "./de.ts"
import { en } from "./en.ts"
import { es } from "./es.ts"
import { fr } from "./fr.ts"

const CATALOGUES: Record<Language, Catalogue<typeof en>> = { en, cs, de, es, fr }

export type SayReason = Say<typeof en>

/** The words of reasons in a language. */
export const reasonWords = (language: Language): SayReason => speak<typeof en>(CATALOGUES[language], language)
