import type { Catalogue } from "../formatter.ts"
import type { en } from "./en.ts"

export const de: Catalogue<typeof en> = {
  "app.name": "Porchlight-Konsole",
  "app.description": "Auf Nachrichten von Besuchern antworten und zeigen, ob jemand da ist.",
  "message.title": "{visitor} · {site}",
  "message.unnamed": "Besucher · {site}",
  "test.title": "Benachrichtigungen kommen hier an",
  "test.text": "Von neuen Nachrichten an {account} erfahren Sie auf diesem Gerät.",
}
