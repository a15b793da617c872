import type { Language } from "../../words/nouns.ts"

/** What the "we're busy" bot says where an account has no words of its own. Not part of what boxes load. */
const BUSY: Record<Language, string> = {
  en: "We are all with other customers at the moment. Please stay a little, or leave us your e-mail address: we will answer you in any case.",
  cs: "Všichni se teď věnujeme jiným zákazníkům. Vydržte prosím chvíli, nebo nám nechte svůj e-mail: odpovíme vám v každém případě.",
  de: "Wir sind im Moment alle im Gespräch. Bitte haben Sie etwas Geduld oder hinterlassen Sie Ihre E-Mail-Adresse: Wir antworten Ihnen auf jeden Fall.",
  es: "En este momento todos estamos atendiendo a otros clientes. Espere un poco, por favor, o déjenos su correo electrónico: le responderemos en cualquier caso.",
  fr: "Nous sommes tous occupés avec d’autres clients en ce moment. Merci de patienter un peu, ou laissez-nous votre adresse e-mail : nous vous répondrons dans tous les cas.",
}

/** The default words of the "we're busy" bot, in the language of the site. */
export const busyText = (language: Language): string => BUSY[language]
