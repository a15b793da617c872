import type { Catalogue } from "../formatter.ts"
import type { en } from "./en.ts"

export const de: Catalogue<typeof en> = {
  title: "Hook & Ladder, Beschläge für alte Häuser",
  how: "So probieren Sie Porchlight aus",
  what: "Ein erfundener Laden",
  "what.with": "mit dem echten Chat Ihrer ersten Website, unten in der Ecke.",
  "no-site": "Es gibt noch keine Website, also auch keinen Chat.",
  "no-site.link": "Richten Sie zuerst Firma und Website ein",
  "no-site.then": "und laden Sie dann diese Seite neu.",
  write: "Schreiben.",
  "write.how": "Öffnen Sie die Lampe in der Ecke und hinterlassen Sie eine Nachricht, mit oder ohne Adresse.",
  answer: "Antworten.",
  "answer.link": "Öffnen Sie die Konsole",
  "answer.how":
    "und melden Sie sich an: Das Licht geht hier binnen einer Sekunde an, und Ihre Antwort erscheint im Chat.",
  leave: "Weggehen.",
  "leave.how":
    "Stellen Sie sich dort auf abwesend, und das Licht geht sofort aus; schließen Sie Ihre Browser, und es geht nach zwei Minuten aus, oder nach den 10 Sekunden, die bei der Einrichtung gewählt wurden. Schreiben Sie dann noch einmal.",
  read: "Die E-Mail lesen.",
  "read.how": "Ist die Wartezeit um, wird aus der Nachricht eine E-Mail.",
  "read.link": "Sehen Sie sie auf der Postfach-Seite an",
  "read.key": "(ihr Schlüssel steht im Link, der beim Start ausgegeben wurde)",
  shop: "Laden",
  handles: "Griffe",
  lamps: "Lampen",
  hooks: "Haken",
  hero: "Beschläge für Häuser mit Vergangenheit",
  "hero.more":
    "Türbeschläge, Außenlampen und Gusseisen, gemacht wie 1910 und in zwei Tagen verschickt. Unsicher, was an Ihre Tür passt? Fragen Sie uns: Wahrscheinlich haben wir sie schon gesehen.",
  handle: "Türdrücker „Marta“",
  "handle.more": "Unlackiertes Messing, mit Rosette oder Langschild.",
  lamp: "Verandalampe „Abend“",
  "lamp.more": "Emaillierter Stahl, für Regen und Salzluft.",
  hook: "Kleiderhaken „Otto“",
  "hook.more": "Gusseisen, gewachst, mit Vierkantschrauben.",
  foot: "Hook & Ladder gibt es nur hier: Kaufen kann man nichts, fragen alles.",
}
