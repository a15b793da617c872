import type { Catalogue } from "../formatter.ts"
import type { en } from "./en.ts"

export const es: Catalogue<typeof en> = {
  title: "¿Está puesta?",
  page: "Página que se mira",
  look: "Mirar ahora",
  looking: "Mirando …",
  hello: "El chat se cargó en {origin}: {when}",
  "hello.unlisted": "Un chat quiso mostrarse en {origin}, que no está en la lista: {when}",
  "hello.none": "Ninguna página ha cargado aún este chat.",
  now: "ahora mismo",
  found: "La etiqueta está en {page} y nada la estorba.",
  missing:
    "En {page} no hay ninguna etiqueta. Copie en ella la línea de arriba. Si la añade un gestor de etiquetas, cargue la página en un navegador: se verá abajo en cuanto se cargue.",
  "other-key": "La etiqueta de {page} es de otro sitio: {value}. Copie la línea de este.",
  "other-relay":
    "La etiqueta de {page} carga el chat desde {value}, no desde aquí. Copie de nuevo la línea de arriba.",
  "origin-not-listed": "{value} no puede mostrar este chat: añádalo a las direcciones del sitio.",
  "csp-script": "La Content-Security-Policy de la página prohíbe el script. Añada {relay} a {value}.",
  "csp-frame": "La Content-Security-Policy de la página prohíbe el marco. Añada {relay} a {value}.",
  "not-a-page": "{page} responde, pero no con una página: {value}",
  unreachable: "No se pudo llegar a {page}: {value}",
  "why.private":
    "está en una red privada, donde el servidor no mira. Cargue la página en un navegador: se verá abajo.",
  "why.unknown": "el DNS no conoce ese nombre.",
  "why.form": "no es la dirección de una página.",
  "why.timeout": "no llegó nada en 10 segundos.",
}
