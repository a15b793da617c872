import type { Catalogue } from "../formatter.ts"
import type { en } from "./en.ts"

export const es: Catalogue<typeof en> = {
  open: "Cuadro de chat",
  title: "Cuadro de chat de {name}",
  color: "Color",
  "color.own": "Un color propio",
  "color.pick": "Color del botón, la cabecera y los controles",
  "color.ours": "El color del producto",
  "color.reads": "El texto encima es {ink}: contraste {ratio} a 1.",
  "color.amber": "Se parece al color de la luz: si está activada lo dirán solo las palabras de al lado.",
  side: "Dónde está",
  "side.auto": "A la derecha; a la izquierda en páginas escritas de derecha a izquierda",
  "side.right": "A la derecha",
  "side.left": "A la izquierda",
  theme: "Claro u oscuro",
  "theme.auto": "Como el sistema del visitante",
  "theme.light": "Claro",
  "theme.dark": "Oscuro",
  language: "Idioma",
  "language.browser": "El del navegador del visitante; si no, el del sitio",
  texts: "Palabras propias",
  "texts.hint":
    "Vacías, son las que aparecen en gris. Se dicen mientras la luz está activada; si no, el cuadro dice que no hay nadie.",
  launcher: "En el botón",
  greeting: "Primeras palabras",
  rates: "Preguntar qué tal ha ido",
  "rates.hint":
    "Al cerrarse una conversación, los visitantes pueden decir si fue buena y por qué. La respuesta aparece en la conversación.",
  transcripts: "Conversaciones por correo",
  "transcripts.hint":
    "Los visitantes pueden recibir su conversación en la dirección que dejaron, en cuanto alguien haya respondido.",
  "tag-wins":
    "La línea de una página puede indicar otro idioma o aspecto (data-lang, data-theme); eso tiene prioridad.",
  preview: "Vista previa",
  "preview.question": "¿Tienen esta lámpara en latón?",
  "preview.answer": "Sí, quedan tres.",
  "preview.off": "Luz desactivada",
  "preview.dark": "Oscuro",
  "preview.hint": "Así lo muestran las páginas que se carguen a partir de ahora.",
  "identity.title": "Nombres que dicen sus páginas",
  "identity.lead":
    "Sus páginas pueden decir quién es un visitante (porchlight.identify). El equipo ve que lo dijo una página. Lo que su servidor ha firmado con esta clave aparece como firmado.",
  "identity.none": "Todavía no hay ninguna clave.",
  "identity.has": "Hay una clave.",
  "identity.make": "Crear una clave",
  "identity.anew": "Crear otra clave",
  "identity.once": "Cópiela ahora en su servidor: no se volverá a mostrar.",
  "identity.ask": "La clave actual deja de valer de inmediato: lo que su servidor firme con ella se rechaza.",
  "ink.black": "negro",
  "ink.white": "blanco",
}
