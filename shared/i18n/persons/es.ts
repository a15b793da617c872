import type { Catalogue } from "../formatter.ts"
import type { en } from "./en.ts"

export const es: Catalogue<typeof en> = {
  title: "Datos de personas",
  lead: "Cuando alguien pregunta qué tiene usted suyo, o quiere que desaparezca.",
  "visitor.title": "Un visitante",
  visitor: "Dirección de correo o id",
  "visitor.hint": "Una dirección que dejó o desde la que escribió. El id (vi_…) está en la conversación.",
  "agent.title": "Un agente",
  agent: "Agente",
  "agent.choose": "Elija …",
  find: "Buscar",
  finding: "Buscando …",
  nothing: "No hay nada guardado de {whose}.",
  "found.visitor": "{name}, en {site} desde {when}",
  "no-name": "Sin nombre",
  addresses: "Direcciones",
  conversations: "Conversaciones",
  messages: "Mensajes",
  mails: "Correos",
  attachments: "Adjuntos",
  export: "Descargarlo todo",
  "export.hint": "Un zip con cada conversación como texto y JSON, adjuntos y correos originales.",
  erase: "Borrar …",
  "erase.title.visitor": "¿Borrar todo esto para siempre?",
  "erase.what.visitor":
    "{conversations, plural, one {Desaparece # conversación} many {Desaparecen # de conversaciones} other {Desaparecen # conversaciones}} con todos los mensajes, adjuntos, correos y decisiones, y lo que espera en la cola. No hay vuelta atrás. Se avisa a los webhooks. Las copias de seguridad anteriores aún lo contienen.",
  "erase.title.agent": "¿Borrar a {name}?",
  "erase.what.agent":
    "Deja el equipo, y su nombre y sus direcciones desaparecen en todas partes. Lo que escribió queda, de «un antiguo agente». No hay vuelta atrás.",
  "erase.sure": "Escriba {word} para continuar",
  "erase.word": "borrar",
  "erase.go": "Borrar para siempre",
  erased: "Borrado. El registro de cambios dice que se hizo, no de quién eran los datos.",
  "erased.later":
    "Las filas ya no están. El archivo es grande: quien gestiona el servidor puede ejecutar «porchlight erase leftovers» para que no quede ni un byte.",
  "erased.copies":
    "{count, plural, one {# copia anterior a una actualización aún los contiene} many {# de copias anteriores a actualizaciones aún los contienen} other {# copias anteriores a actualizaciones aún los contienen}}, en la carpeta del servidor: quien lo gestiona puede eliminarlo.",
  "account.title": "Toda la cuenta",
  "account.what":
    "Cada fila de cada tabla como líneas de JSON; sin contraseñas, tokens ni claves. Para cuentas grandes es más rápido «porchlight export account».",
  "account.export": "Descargar la cuenta",
  preparing: "Preparando …",
}
