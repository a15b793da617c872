import type { Catalogue } from "../formatter.ts"
import type { en } from "./en.ts"

export const de: Catalogue<typeof en> = {
  title: "Personendaten",
  lead: "Wenn jemand wissen will, was Sie über ihn haben, oder dass es verschwindet.",
  "visitor.title": "Ein Besucher",
  visitor: "E-Mail-Adresse oder ID",
  "visitor.hint":
    "Eine Adresse, die hinterlassen oder von der geschrieben wurde. Die ID (vi_…) steht im Gespräch.",
  "agent.title": "Ein Mitglied",
  agent: "Mitglied",
  "agent.choose": "Wählen …",
  find: "Nachsehen",
  finding: "Wird gesucht …",
  nothing: "Über {whose} ist nichts gespeichert.",
  "found.visitor": "{name}, auf {site} seit {when}",
  "no-name": "Ohne Namen",
  addresses: "Adressen",
  conversations: "Gespräche",
  messages: "Nachrichten",
  mails: "E-Mails",
  attachments: "Anhänge",
  export: "Alles herunterladen",
  "export.hint": "Ein ZIP mit jedem Gespräch als Text und JSON, Anhängen und Original-E-Mails.",
  erase: "Löschen …",
  "erase.title.visitor": "All das endgültig löschen?",
  "erase.what.visitor":
    "{conversations, plural, one {# Gespräch verschwindet} other {# Gespräche verschwinden}} mit allen Nachrichten, Anhängen, E-Mails und Entscheidungen, ebenso was in der Warteschlange steht. Es gibt kein Zurück. Webhooks erfahren davon. Frühere Sicherungen enthalten es weiterhin.",
  "erase.title.agent": "{name} löschen?",
  "erase.what.agent":
    "Die Person verlässt das Team, Name und Adressen verschwinden überall. Was sie schrieb, bleibt, von „einem ehemaligen Mitglied“. Es gibt kein Zurück.",
  "erase.sure": "Tippen Sie {word}, um fortzufahren",
  "erase.word": "löschen",
  "erase.go": "Endgültig löschen",
  erased: "Gelöscht. Das Änderungsprotokoll sagt, dass es geschah, nicht wessen Daten es waren.",
  "erased.later":
    "Die Zeilen sind weg. Die Datei des Speichers ist groß: Wer das Relay betreibt, kann „porchlight erase leftovers“ ausführen, damit auch keine Bytes darin bleiben.",
  "erased.copies":
    "{count, plural, one {# Kopie von vor einer Aktualisierung enthält sie noch} other {# Kopien von vor Aktualisierungen enthalten sie noch}}, im Ordner des Relays: Wer es betreibt, kann das entfernen.",
  "account.title": "Das ganze Konto",
  "account.what":
    "Jede Zeile jeder Tabelle als JSON-Zeilen, ohne Passwörter, Token und Schlüssel. Bei großen Konten ist „porchlight export account“ schneller.",
  "account.export": "Konto herunterladen",
  preparing: "Wird vorbereitet …",
}
