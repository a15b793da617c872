import type { Catalogue } from "../formatter.ts"
import type { en } from "./en.ts"

export const es: Catalogue<typeof en> = {
  title: "Hook & Ladder, herrajes para casas antiguas",
  how: "Cómo probar Porchlight",
  what: "Una tienda inventada",
  "what.with": "con el chat de verdad de su primer sitio, en la esquina inferior.",
  "no-site": "Todavía no hay ningún sitio, así que tampoco hay chat.",
  "no-site.link": "Configure primero la empresa y el sitio",
  "no-site.then": "y vuelva a cargar esta página.",
  write: "Escriba.",
  "write.how": "Abra la lámpara de la esquina y deje un mensaje, con o sin dirección.",
  answer: "Responda.",
  "answer.link": "Abra el panel",
  "answer.how": "e inicie sesión: la luz se enciende aquí en un segundo y su respuesta aparece en el chat.",
  leave: "Márchese.",
  "leave.how":
    "Póngase allí como no disponible y la luz se apaga al instante; cierre sus navegadores y se apaga a los dos minutos, o a los 10 segundos elegidos al configurar. Después escriba otra vez.",
  read: "Lea el correo.",
  "read.how": "Cuando termina la espera, el mensaje es un correo.",
  "read.link": "Véalo en la página del buzón",
  "read.key": "(su clave está en el enlace que se mostró al arrancar)",
  shop: "Tienda",
  handles: "Manillas",
  lamps: "Lámparas",
  hooks: "Ganchos",
  hero: "Herrajes para casas con pasado",
  "hero.more":
    "Herrajes de puerta, lámparas de exterior y hierro fundido, hechos como en 1910 y enviados en dos días. ¿No sabe qué le va a su puerta? Pregúntenos: lo más probable es que ya la hayamos visto.",
  handle: "Manilla «Marta»",
  "handle.more": "Latón sin lacar, con roseta o placa larga.",
  lamp: "Lámpara de porche «Atardecer»",
  "lamp.more": "Acero esmaltado, para lluvia y aire salado.",
  hook: "Perchero «Otto»",
  "hook.more": "Hierro fundido, encerado, con tornillos de cabeza cuadrada.",
  foot: "Hook & Ladder solo existe aquí: no se puede comprar nada, pero se puede preguntar todo.",
}
