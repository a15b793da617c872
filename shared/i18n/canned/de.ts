import type { Catalogue } from "../formatter.ts"
import type { en } from "./en.ts"

export const de: Catalogue<typeof en> = {
  "canned.title": "Textbausteine",
  "canned.insert": "Textbaustein einfügen",
  "canned.hint":
    "Mit / in einer Antwort fügen Sie einen ein. {visitor} und {agent} stehen für die Namen der beiden.",
  "canned.none": "Es gibt noch keine.",
  "canned.shared": "für alle",
  "canned.own": "Ihr eigener",
  "canned.add": "Textbaustein hinzufügen",
  "canned.name": "Name",
  "canned.text": "Text",
  "canned.for-all": "Für alle im Konto",
  "canned.save": "Speichern",
  "canned.edit": "Ändern",
  "canned.edit.of": "Ändern: {name}",
  "canned.remove": "Entfernen",
  "canned.remove.of": "Entfernen: {name}",
}
