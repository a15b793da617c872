import type { Catalogue } from "../formatter.ts"
import type { en } from "./en.ts"

export const es: Catalogue<typeof en> = {
  "app.name": "Panel de Porchlight",
  "app.description": "Responda a los visitantes y muestre si hay alguien.",
  "message.title": "{visitor} · {site}",
  "message.unnamed": "Visitante · {site}",
  "test.title": "Las notificaciones llegan aquí",
  "test.text": "En este dispositivo sabrá de los mensajes nuevos para {account}.",
}
