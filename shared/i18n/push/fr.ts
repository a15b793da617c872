import type { Catalogue } from "../formatter.ts"
import type { en } from "./en.ts"

export const fr: Catalogue<typeof en> = {
  "app.name": "Espace de travail Porchlight",
  "app.description": "Répondez aux visiteurs et montrez s’il y a quelqu’un.",
  "message.title": "{visitor} · {site}",
  "message.unnamed": "Visiteur · {site}",
  "test.title": "Les notifications arrivent ici",
  "test.text": "Les nouveaux messages pour {account} vous seront signalés sur cet appareil.",
}
