import type { Catalogue } from "../formatter.ts"
import type { en } from "./en.ts"

export const es: Catalogue<typeof en> = {
  "a-device": "un dispositivo",
  quoted: "«{answer}».",
  waiting: "En espera: si nadie lo abre antes, saldrá por correo a las {due}.",
  "waiting.todo": "Abra la conversación y no hará falta ningún correo.",
  "present-on-device": "Usted estaba ahí cuando llegó: se estaba usando {device} (última señal: {at}).",
  "present-on-device.todo":
    "¿No había nadie allí? Cierre la sesión en ese dispositivo o póngase como no disponible al irse.",
  "back-online":
    "Usted volvió {seconds, plural, one {# segundo} other {# segundos}} después, en {device}, antes de que tocara enviar un correo.",
  "back-online.todo": "Le espera en el panel: ábralo allí.",
  "colleague-online": "{who} {count, plural, one {estaba} other {estaban}} para responder.",
  "colleague-online.group":
    "{who} {count, plural, one {estaba} other {estaban}} para responder, en el grupo {group}.",
  "colleague-online.todo": "Si nadie se ocupa, ábralo en el panel.",
  opened: "{who} lo abrió ({at}).",
  "opened.you": "Usted lo abrió ({at}).",
  "opened.todo": "Pregunte a {who}, o abra la conversación y únase a ella.",
  joined: "{who} se hizo cargo de la conversación ({at}).",
  "joined.you": "Usted se hizo cargo de la conversación ({at}).",
  "joined.todo": "No hay nada que hacer, salvo que {who} la devuelva.",
  "notifications-off.agent": "Sus propios avisos están desactivados desde {since}.",
  "notifications-off.agent.todo": "Actívelos en su perfil para recibir el próximo.",
  "notifications-off.account": "Los avisos están desactivados para toda la cuenta desde {since}.",
  "notifications-off.account.todo": "Pida a un administrador que los active en los ajustes de la cuenta.",
  "sent-to": "Se puso en cola un correo para {address} ({at}).",
  "sent-to.several": "Se puso en cola un solo correo, para {names}, dirigido a {address} ({at}).",
  "sent-to.todo": "Mire en ese buzón. Si no es el correcto, cambie la dirección en el panel.",
  delivered: "{server} aceptó el correo para {address} ({at}) y dijo: {answer}",
  "delivered.todo":
    "¿No está en la bandeja de entrada? Mire en la carpeta de spam y márquelo como deseado. Si tampoco está allí, dé la respuesta del servidor a su administrador de correo.",
  captured:
    "El correo para {address} se quedó en la página de buzón de este servidor ({at}): de aquí no sale ningún correo.",
  "captured.todo":
    "Léalo allí; quien opera el servidor puede activar el envío con el ajuste PORCHLIGHT_OUTBOUND.",
  deferred:
    "Aún no entregado a {address}; el servidor dijo: {answer} Próximo intento: {next}; último: {end}.",
  "deferred.todo": "De momento no hay nada que hacer: se sigue intentando solo. El mensaje está en el panel.",
  "mailbox-full": "El buzón {address} está lleno; el servidor dijo: {answer}",
  "mailbox-full.next": "El buzón {address} está lleno; el servidor dijo: {answer} Próximo intento: {next}.",
  "mailbox-full.todo": "Haga sitio en ese buzón; mientras tanto, lea el mensaje en el panel.",
  "address-wrong": "La dirección {address} no existe; el servidor dijo: {answer}",
  "address-wrong.todo": "Corrija la dirección en el panel. El mensaje espera allí.",
  "domain-blocked": "El servidor de correo de {address} no deja entrar nuestro correo; dijo: {answer}",
  "domain-blocked.todo":
    "Dé la respuesta del servidor a su administrador de correo y pídale que permita nuestro dominio.",
  "refused.too-large":
    "Para el servidor de correo de {address} el mensaje era demasiado grande; dijo: {answer}",
  "refused.policy":
    "El servidor de correo de {address} rechazó el correo por una norma propia; dijo: {answer}",
  "refused.unknown": "El servidor de correo de {address} rechazó el correo; dijo: {answer}",
  "refused.todo": "Dé la respuesta del servidor a su administrador de correo. El mensaje espera en el panel.",
  folded:
    "Sobre esta conversación ya han salido todos los correos que permite una hora; el próximo, con este mensaje, saldrá a las {until}.",
  "folded.todo": "Si no debe esperar, abra la conversación en el panel.",
  "other-group": "Era para el grupo {group}, del que usted no forma parte.",
  "other-group.todo": "Un administrador puede añadirle al grupo.",
  inactive: "Su acceso está desactivado desde {since}.",
  "inactive.todo": "Pida a un administrador que lo active de nuevo.",
  "no-destination": "No había ninguna dirección a la que enviarlo.",
  "no-destination.todo":
    "Un administrador puede configurar un buzón general o activar los avisos de alguien.",
  dropped: "{by} retiró de la cola el correo para {address}.",
  "dropped.todo": "Pregunte a {by} por qué. El mensaje está en el panel.",
  "light.held": "Luz encendida: {holders}",
  "light.holder": "{name}, con {device}",
  "light.holder.phone": "{name}, con {device} (teléfono a mano)",
  "light.holder.fading": "{name}, con {device} (acaba de irse)",
  "light.holder.fadingUntil": "{name}, con {device} (acaba de irse; cuenta hasta las {until})",
  "light.holder.busy": "{holder}, con mucho trabajo",
  "light.off": "Luz apagada: {agents}",
  "light.unavailable": "{name} no está disponible",
  "light.unavailable.since": "{name} no está disponible desde {since}",
  "light.gone": "{name} no está",
  "light.gone.since": "{name} no está desde {since}",
  "light.more": "{count, plural, one {y # más} other {y # más}}",
  "light.nobody": "Luz apagada: no hay nadie en línea",
  "light.no-agents": "Luz apagada: esta cuenta no tiene a nadie que pueda responder",
}
