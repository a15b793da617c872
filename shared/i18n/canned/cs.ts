import type { Catalogue } from "../formatter.ts"
import type { en } from "./en.ts"

export const cs: Catalogue<typeof en> = {
  "canned.title": "Hotové odpovědi",
  "canned.insert": "Vložit hotovou odpověď",
  "canned.hint": "Odpověď vložíte napsáním / do zprávy. {visitor} a {agent} znamenají jména obou.",
  "canned.none": "Zatím tu žádné nejsou.",
  "canned.shared": "pro všechny",
  "canned.own": "vaše",
  "canned.add": "Přidat odpověď",
  "canned.name": "Název",
  "canned.text": "Text",
  "canned.for-all": "Pro všechny v účtu",
  "canned.save": "Uložit",
  "canned.edit": "Změnit",
  "canned.edit.of": "Změnit: {name}",
  "canned.remove": "Odstranit",
  "canned.remove.of": "Odstranit: {name}",
}
