import type { Language } from "../../words/nouns.ts"
import { type Catalogue, speak } from "../formatter.ts"
import { cs } from "./cs.ts"
import { de } from "./de.ts"
import { en } from "./en.ts"
import { es } from "./es.ts"
import { fr } from "./fr.ts"
import type { SayChanges } from "./tell.ts"

const CATALOGUES: Record<Language, Catalogue<typeof en>> = { en, cs, de, es, fr }

/** The words of the log of changes, where all languages are at hand. */
export const changeWords = (language: Language): SayChanges =>
  speak<typeof en>(CATALOGUES[language], language)
