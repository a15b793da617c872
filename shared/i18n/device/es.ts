import type { Catalogue } from "../formatter.ts"
import type { en } from "./en.ts"

export const es: Catalogue<typeof en> = {
  title: "Este dispositivo",
  on: "Aquí sabrá de los mensajes nuevos, también con Porchlight cerrado.",
  "on.open":
    "Aquí sabrá de los mensajes nuevos mientras Porchlight esté abierto. No se pudo contactar con el servicio push de este navegador, así que no cuando esté cerrado.",
  "on.stale": "Las notificaciones están activadas, pero las últimas no llegaron.",
  "off.phone":
    "Con notificaciones, los mensajes de los visitantes le llegan en segundo plano, y la luz sigue encendida una hora después de usar este teléfono por última vez.",
  "off.tab": "Con notificaciones sabrá de los mensajes de los visitantes mientras hace otra cosa.",
  "turn-on": "Activar notificaciones",
  "turn-off": "Desactivar",
  again: "Configurar de nuevo",
  test: "Enviar una prueba",
  "test.sent": "Enviada. Si no aparece nada, mire los ajustes de notificaciones de este dispositivo.",
  denied:
    "Las notificaciones de este sitio están bloqueadas en este navegador. Permítalas en sus ajustes para este sitio (el símbolo junto a la dirección, o Información de la aplicación → Notificaciones) y abra la página de nuevo.",
  unsupported: "Este navegador no puede mostrar notificaciones aquí.",
  insecure: "Las notificaciones necesitan una dirección que empiece por https.",
  ios: "En iPhone y iPad las notificaciones solo llegan a la aplicación instalada: toque Compartir, después «Añadir a pantalla de inicio», y abra Porchlight desde allí.",
  failed: "No ha funcionado: {why}",
  extension:
    "La extensión de este navegador le avisa de los mensajes nuevos, por eso esta página no lo hace.",
  install: "Instalar la aplicación",
  "install.why": "Instalado, Porchlight tiene su propio icono y su propia ventana.",
  "hint.notices": "¿Quiere saber de los mensajes de los visitantes en este dispositivo?",
  "hint.later": "Ahora no",
  update: "Hay una versión nueva de Porchlight.",
  "update.now": "Cargarla",
  "update.kept": "Lo que está escribiendo se conserva.",
}
