import type { Catalogue } from "../formatter.ts"
import type { en } from "./en.ts"

export const de: Catalogue<typeof en> = {
  open: "Chat-Fenster",
  title: "Chat-Fenster von {name}",
  color: "Farbe",
  "color.own": "Eine eigene Farbe",
  "color.pick": "Farbe von Knopf, Kopfzeile und Schaltflächen",
  "color.ours": "Die Farbe des Produkts",
  "color.reads": "Text darauf ist {ink}: Kontrast {ratio} zu 1.",
  "color.amber": "Das ist nah an der Farbe des Lichts: Ob es an ist, sagen dann nur die Worte daneben.",
  side: "Wo es steht",
  "side.auto": "Rechts; links auf Seiten, die von rechts nach links geschrieben sind",
  "side.right": "Rechts",
  "side.left": "Links",
  theme: "Hell oder dunkel",
  "theme.auto": "Wie im System des Besuchers",
  "theme.light": "Hell",
  "theme.dark": "Dunkel",
  language: "Sprache",
  "language.browser": "Die des Browsers, sonst die der Website",
  texts: "Eigene Worte",
  "texts.hint":
    "Leer sind es die in Grau. Sie gelten, solange das Licht an ist; ist es aus, sagt das Fenster, dass niemand da ist.",
  launcher: "Auf dem Knopf",
  greeting: "Erste Worte",
  rates: "Fragen, wie es war",
  "rates.hint":
    "Ist ein Gespräch beendet, können Besucher sagen, ob es gut war und warum. Die Antwort steht im Gespräch.",
  transcripts: "Gespräche per E-Mail",
  "transcripts.hint":
    "Besucher können sich ihr Gespräch an die hinterlassene Adresse senden lassen, sobald jemand geantwortet hat.",
  "tag-wins":
    "Die Zeile auf einer Seite kann eine andere Sprache oder Darstellung nennen (data-lang, data-theme); das geht vor.",
  preview: "Vorschau",
  "preview.question": "Haben Sie diese Lampe auch in Messing?",
  "preview.answer": "Ja, drei sind noch da.",
  "preview.off": "Licht aus",
  "preview.dark": "Dunkel",
  "preview.hint": "So zeigen es Seiten, die ab jetzt geladen werden.",
  "identity.title": "Namen, die Ihre Seiten nennen",
  "identity.lead":
    "Ihre Seiten können sagen, wer ein Besucher ist (porchlight.identify). Mitglieder sehen, dass es eine Seite gesagt hat. Was Ihr Server mit diesem Schlüssel signiert hat, gilt als signiert.",
  "identity.none": "Noch gibt es keinen Schlüssel.",
  "identity.has": "Es gibt einen Schlüssel.",
  "identity.make": "Schlüssel erstellen",
  "identity.anew": "Anderen Schlüssel erstellen",
  "identity.once": "Kopieren Sie ihn jetzt auf Ihren Server: Er wird nicht noch einmal gezeigt.",
  "identity.ask":
    "Der bisherige Schlüssel gilt sofort nicht mehr: Was Ihr Server damit signiert, wird abgelehnt.",
  "ink.black": "schwarz",
  "ink.white": "weiß",
}
