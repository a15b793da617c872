import type { Language } from "../../words/nouns.ts"
import { type Catalogue, type Say, speak } from "../formatter.ts"
import { cs } from "./cs.ts"
import { de } from "./de.ts"
import { en } from "./en.ts"
import { es } from "./es.ts"
import { fr } from "./fr.ts"

const CATALOGUES: Record<Language, Catalogue<typeof en>> = { en, cs, de, es, fr }

export type SayMail = Say<typeof en>

/** The words of mails in a language; all five stay loaded, as the relay writes in all of them. */
export const mailWords = (language: Language): SayMail => speak<typeof en>(CATALOGUES[language], language)
