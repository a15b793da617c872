import type { Language } from "../../words/nouns.ts"
import { type Catalogue, type Say, speak } from "../formatter.ts"
import { cs } from "./cs.ts"
import { de } from "./de.ts"
import { en } from "./en.ts"
import { es } from "./es.ts"
import { fr } from "./fr.ts"

const CATALOGUES: Record<Language, Catalogue<typeof en>> = { en, cs, de, es, fr }

export type SayPush = Say<typeof en>

/** The words of notifications and of the installed desk in a language; all five stay loaded, as the relay says them in all. */
export const pushWords = (language: Language): SayPush => speak<typeof en>(CATALOGUES[language], language)
