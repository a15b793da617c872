import type { Catalogue } from "../formatter.ts"
import type { en } from "./en.ts"

export const de: Catalogue<typeof en> = {
  title: "Ist es da?",
  page: "Seite, die angesehen wird",
  look: "Jetzt ansehen",
  looking: "Wird angesehen …",
  hello: "Der Chat wurde auf {origin} geladen: {when}",
  "hello.unlisted": "Ein Chat wollte auf {origin} erscheinen, das nicht aufgeführt ist: {when}",
  "hello.none": "Noch keine Seite hat diesen Chat geladen.",
  now: "gerade eben",
  found: "Das Tag steht auf {page}, und nichts ist ihm im Weg.",
  missing:
    "In {page} steht kein Tag. Kopieren Sie die Zeile oben hinein. Fügt ein Tag-Manager es ein, laden Sie die Seite im Browser: Unten ist es zu sehen, sobald es geladen wird.",
  "other-key":
    "Das Tag in {page} gehört zu einer anderen Website: {value}. Kopieren Sie die Zeile von dieser.",
  "other-relay":
    "Das Tag in {page} lädt den Chat von {value}, nicht von hier. Kopieren Sie die Zeile oben neu.",
  "origin-not-listed": "{value} darf diesen Chat nicht zeigen: Fügen Sie es den Adressen der Website hinzu.",
  "csp-script":
    "Die Content-Security-Policy der Seite verbietet das Skript. Fügen Sie {relay} zu {value} hinzu.",
  "csp-frame":
    "Die Content-Security-Policy der Seite verbietet den Rahmen. Fügen Sie {relay} zu {value} hinzu.",
  "not-a-page": "{page} antwortet, aber nicht mit einer Seite: {value}",
  unreachable: "{page} war nicht zu erreichen: {value}",
  "why.private":
    "sie liegt in einem privaten Netz, in dem das Relay nicht nachsieht. Laden Sie die Seite im Browser: Unten ist es zu sehen.",
  "why.unknown": "das DNS kennt den Namen nicht.",
  "why.form": "das ist keine Adresse einer Seite.",
  "why.timeout": "innerhalb von 10 Sekunden kam nichts.",
}
