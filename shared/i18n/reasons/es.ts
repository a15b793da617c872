import type { Catalogue } from "../formatter.ts"
import type { en } from "./en.ts"

export const es: Catalogue<typeof en> = {
  "a-device": "un dispositivo",
  "a-phone": "un teléfono",
  "kind.offline": "aviso por ausencia",
  "kind.missed": "conversación perdida",
  quoted: "«{answer}».",
  waiting: "En espera: si nadie lo abre antes, saldrá por correo a las {due}.",
  "waiting.todo": "Abra la conversación y no hará falta ningún correo.",
  "present-on-device": "Usted estaba ahí cuando llegó: se estaba usando {device} (última señal: {at}).",
  "present-on-device.phone":
    "Usted estaba ahí cuando llegó: se estaba usando el teléfono {device} (última señal: {at}).",
  "present-on-device.todo":
    "¿No había nadie allí? Cierre la sesión en ese dispositivo o póngase como «no disponible» al irse.",
  "back-online":
    "Usted volvió {seconds, plural, one {# segundo} other {# segundos}} después, en {device}, antes de que tocara enviar un correo.",
  "back-online.minutes":
    "Usted volvió {minutes, plural, one {# minuto} other {# minutos}} después, en {device}, antes de que tocara enviar un correo.",
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
  "notifications-off.agent.missed":
    "Sus propios avisos de conversaciones perdidas están desactivados desde {since}.",
  "notifications-off.agent.todo": "Actívelos en su perfil para recibir el próximo.",
  "notifications-off.account": "Los avisos están desactivados para toda la cuenta desde {since}.",
  "notifications-off.account.missed":
    "Los avisos de conversaciones perdidas están desactivados para toda la cuenta desde {since}.",
  "notifications-off.account.todo": "Pida a un administrador que los active en los ajustes de la cuenta.",
  "sent-to": "Se puso en cola un correo para {address} ({at}).",
  "sent-to.todo": "Mire en ese buzón. Si no es el correcto, cambie la dirección en el panel.",
  "sent-to.todo.inbox":
    "Mire en ese buzón. Si no es el correcto, un administrador puede cambiar el buzón general.",
  "route.several": "Es un solo correo para {names}.",
  "route.destination": "Esa dirección la puso {by} ({at}).",
  "route.redirect": "Va allí por una redirección que puso {by} ({at}).",
  "route.redirect.plain": "Va allí por una redirección.",
  "route.inbox": "Es el buzón general, que puso {by} ({at}).",
  "route.inbox.plain": "Es el buzón general.",
  "route.fallback":
    "Es la dirección de reserva, puesta por {by} ({at}): los correos a la dirección habitual siguen fallando.",
  "route.fallback.plain": "Es la dirección de reserva: los correos a la dirección habitual siguen fallando.",
  delivered: "{server} aceptó el correo para {address} ({at}) y dijo: {answer}",
  "delivered.todo":
    "¿No está en la bandeja de entrada? Busque en todas las carpetas el remitente «{sender}» o «{subject}».",
  "delivered.todo.plain": "¿No está en la bandeja de entrada? Busque en todas las carpetas.",
  "find.google":
    "En Gmail, ponga «in:anywhere» delante de las palabras: así busca también en Spam. Si está ahí, márquelo como que no es spam.",
  "find.microsoft":
    "En Outlook, mire también en «Correo no deseado». Si está ahí, márquelo como deseado; lo que está en cuarentena lo puede liberar su administrador.",
  "find.other": "Mire también en la carpeta de spam y márquelo como deseado.",
  "delivered.admin":
    "Si no está en ninguna parte, dé a su administrador de correo el texto de abajo: con él encontrará el correo en el registro del servidor.",
  captured:
    "El correo para {address} se quedó en la página del buzón de este servidor ({at}): de aquí no sale ningún correo.",
  "captured.todo":
    "Léalo allí; quien gestiona el servidor puede activar el envío con el ajuste PORCHLIGHT_OUTBOUND.",
  deferred: "Aún no entregado a {address}; el servidor dijo: {answer}",
  "deferred.greylisted":
    "Aún no entregado a {address}: el servidor pide a remitentes que no conoce que vuelvan más tarde (greylisting); dijo: {answer}",
  "deferred.rate-limited":
    "Aún no entregado a {address}: por ahora el servidor no acepta más correo; dijo: {answer}",
  "deferred.connection":
    "Aún no entregado a {address}: ningún servidor de correo respondió; el error: {answer}",
  tries: "Próximo intento: {next}; último: {end}.",
  "next-try": "Próximo intento: {next}.",
  "said-at": "Fue el {at}.",
  "bounced-at": "El servidor lo aceptó al principio; el informe de que no se entregó llegó el {at}.",
  "deferred.todo": "De momento no hay nada que hacer: se sigue intentando solo. El mensaje está en el panel.",
  "deferred.connection.todo":
    "De momento no hay nada que hacer: se sigue intentando solo. Si dura, avise a quien gestiona el servidor; el mensaje está en el panel.",
  "mailbox-full": "El buzón {address} está lleno; el servidor dijo: {answer}",
  "mailbox-full.todo": "Haga sitio en ese buzón; mientras tanto, lea el mensaje en el panel.",
  "mailbox-full.todo.over":
    "Haga sitio en ese buzón para los próximos correos. Este no se intenta de nuevo: lea el mensaje en el panel.",
  "address-wrong": "La dirección {address} no existe; el servidor dijo: {answer}",
  "address-wrong.todo": "Corrija la dirección en el panel. El mensaje espera allí.",
  "address-wrong.todo.inbox":
    "Un administrador puede corregir el buzón general. El mensaje espera en el panel.",
  "domain-blocked": "El servidor de correo de {address} no deja entrar nuestro correo; dijo: {answer}",
  "domain-blocked.todo":
    "Dé a su administrador de correo el texto de abajo: dice qué permitir y dónde. El mensaje espera en el panel.",
  "refused.too-large":
    "Para el servidor de correo de {address} el mensaje era demasiado grande; dijo: {answer}",
  "refused.policy":
    "El servidor de correo de {address} rechazó el correo por una norma propia; dijo: {answer}",
  "refused.unknown": "El servidor de correo de {address} rechazó el correo; dijo: {answer}",
  "refused.unreachable":
    "No se pudo contactar con ningún servidor de correo de {address} en todo el tiempo en que se intenta un correo; qué falló: {answer}",
  "refused.todo":
    "Dé a su administrador de correo el texto de abajo, con la respuesta del servidor. El mensaje espera en el panel.",
  "refused.unreachable.todo":
    "Dé a su administrador de correo el texto de abajo: su servidor de correo no responde. El mensaje espera en el panel.",
  "refused.too-large.todo":
    "Lea el mensaje en el panel. Su administrador de correo puede aumentar el tamaño máximo de los correos.",
  folded:
    "Sobre esta conversación ya han salido todos los correos que permite una hora; el próximo, con este mensaje, saldrá a las {until}.",
  "folded.address":
    "Sobre esta conversación ya han salido a {address} todos los correos que permite una hora; el próximo, con este mensaje, saldrá a las {until}.",
  "folded.todo": "Si no debe esperar, abra la conversación en el panel.",
  "other-group": "Era para el grupo {group}, del que usted no forma parte.",
  "other-group.todo": "Un administrador puede añadirle al grupo.",
  inactive: "Su acceso está desactivado desde {since}.",
  "inactive.todo": "Pida a un administrador que lo active de nuevo.",
  "no-destination": "No había ninguna dirección a la que enviarlo.",
  "no-destination.todo":
    "Un administrador puede configurar un buzón general o activar los avisos de alguien.",
  dropped: "{by} retiró de la cola el correo para {address}.",
  "dropped.note": "{by} retiró de la cola el correo para {address}: {note}",
  "dropped.todo": "Pregunte a {by} por qué. El mensaje está en el panel.",
  held: "{by} retiene el correo para {address}: {note}",
  "held.todo": "Pregunte a {by} cuándo sigue. El mensaje está en el panel.",
  "visitor.chat":
    "Es la dirección del visitante. Lo que escribió usted está en su chat: cuando vuelva, pídale otra dirección.",
  "visitor.mail":
    "Es la dirección del visitante, que no sabe de ninguna respuesta: contacte con él de otro modo o espere a que vuelva a escribir.",
  "visitor.again": "Un administrador puede intentarlo de nuevo en «Cola de correo».",
  "visitor.mistyped": "Puede que esté mal escrita.",
  "visitor.blocked":
    "Un administrador ve en «Estado del correo» si nuestro correo está en orden, y puede intentarlo de nuevo en «Cola de correo».",
  "visitor.too-large": "Los archivos grandes se pueden enviar como enlace.",
  "nobody-online":
    "Cuando habría contado como perdida ({at}) ya no había nadie; en su lugar vale un aviso por ausencia.",
  "nobody-online.due": "Toca enviarlo el {due}.",
  "nobody-online.todo":
    "Qué fue de ese aviso se dice también junto a este mensaje. Abra la conversación y no hará falta ningún correo.",
  "visitor-returned": "El visitante volvió ({at}) antes de que la conversación contara como perdida.",
  "visitor-returned.todo": "Quizá aún espere: abra la conversación en el panel y responda.",
  plan: "El plan de la cuenta ({plan}) no tiene avisos de conversaciones perdidas.",
  "plan.todo": "El plan {needed} los tiene: un administrador puede cambiarlo. El mensaje está en el panel.",
  "handOver.delivered": "El servidor de correo aceptó un correo para {address} y no está en ninguna carpeta.",
  "handOver.blocked":
    "Permita, por favor, el correo del dominio {domain}: nos trae lo que escriben los visitantes de nuestro sitio web, y el servidor de correo de {address} lo rechaza.",
  "handOver.refused":
    "El servidor de correo de {address} rechazó un correo con lo que nos escribió un visitante de nuestro sitio web.",
  "handOver.unreachable":
    "No se pudo entregar un correo con lo que nos escribió un visitante de nuestro sitio web: ningún servidor de correo de {address} respondía.",
  "handOver.when": "Cuándo: {at}",
  "handOver.server": "Servidor de correo: {server}",
  "handOver.answer": "Su respuesta: {answer}",
  "handOver.queueId": "Su número para el correo: {queueId}",
  "handOver.sender": "De: {sender} <{from}>",
  "handOver.envelope": "Remitente del sobre: {address}",
  "handOver.subject": "Asunto: {subject}",
  "handOver.messageId": "Message-ID: {messageId}",
  "handOver.dkim": "Firmado por (DKIM): d={domain}",
  "handOver.ip": "Dirección IP de envío que nombra la respuesta: {ip}",
  "handOver.list":
    "La respuesta nombra la lista de bloqueo {list}. Quien gestiona el servidor {domain} puede pedir que lo quiten de ella; hasta entonces, haga por favor una excepción.",
  "handOver.allow.google":
    "Cómo, en Google Workspace: consola de administración > Aplicaciones > Google Workspace > Gmail > Spam, phishing y software malicioso. En «Spam», añada una regla que omita los filtros de spam para una lista de remitentes aprobados con {domain}, y siga exigiendo la autenticación del remitente. Una dirección IP bloqueada va en la lista de permitidas (Email allowlist) de la misma página.",
  "handOver.allow.microsoft":
    "Cómo, en Microsoft 365: security.microsoft.com > Email & collaboration > Policies & rules > Threat policies > Tenant Allow/Block Lists > Domains & addresses: añada {domain} como permitido. Una dirección IP bloqueada va en Anti-spam policies > Connection filter policy > IP Allow List.",
  "handOver.allow.other":
    "Cómo, en otros servidores: ponga {domain} en la lista de remitentes permitidos del servidor de correo y del filtro de spam que tenga delante; si la lista puede exigir una firma DKIM, exija d={domain}. Una dirección IP bloqueada va en la lista de clientes permitidos, antes de consultar listas de bloqueo.",
  "light.held": "Luz encendida: {holders}",
  "light.holder": "{name}, con {device}",
  "light.holder.phone": "{name}, con {device} (teléfono localizable)",
  "light.holder.fading": "{name}, con {device} (acaba de irse)",
  "light.holder.fadingUntil": "{name}, con {device} (acaba de irse; cuenta hasta las {until})",
  "light.holder.busy": "{holder}, con trabajo",
  "light.off": "Luz apagada: {agents}",
  "light.unavailable": "{name} consta como «no disponible»",
  "light.unavailable.since": "{name} consta como «no disponible» desde {since}",
  "light.unavailable.until": "{name} consta como «no disponible» hasta el {until}",
  "light.gone": "{name} no está",
  "light.gone.since": "{name} no está desde {since}",
  "light.hours-closed": "{name} está fuera del horario",
  "light.hours-closed.until": "{name} está fuera del horario, que vuelve a empezar el {until}",
  "light.more": "{count, plural, one {y # más} other {y # más}}",
  "light.nobody": "Luz apagada: no hay nadie en línea",
  "light.no-agents": "Luz apagada: esta cuenta no tiene a nadie que pueda responder",
}
