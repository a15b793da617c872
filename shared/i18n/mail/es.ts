import type { Catalogue } from "../formatter.ts"
import type { en } from "./en.ts"

export const es: Catalogue<typeof en> = {
  visitor: "Visitante",
  "notice.lead": "{visitor} ha escrito en {site} cuando no había nadie:",
  "notice.more": "{count, plural, one {y # mensaje más, en el panel} other {y # mensajes más, en el panel}}",
  "notice.reply":
    "Responda a este correo: {visitor} recibirá sus palabras en el chat o, si ya no está en el sitio, por correo.",
  "notice.replyNoAddress":
    "Responda a este correo: sus palabras aparecerán en el chat. No se ha dejado ninguna dirección de correo.",
  "notice.page": "Página",
  "notice.theirTime": "Hora local",
  "notice.theirTimeValue": "{time} ({zone}) al escribirlo",
  "notice.address": "Correo",
  "notice.take": "Me encargo yo",
  "notice.open": "Abrir en el panel",
  "notice.why": "Por qué recibe esto: no había nadie que pudiera atenderlo y nadie lo abrió a tiempo.",
  "notice.forOne": "Este correo es para {names}.",
  "notice.forSeveral": "Este único correo vale para {names}, que comparten esta dirección.",
  "notice.forInbox":
    "Este correo llega al buzón general de {account}; lo configura un administrador en el panel.",
  "notice.forInboxAnd": "Este correo llega al buzón general de {account} y vale para {names}.",
  "notice.switchOff": "Desactivar estos correos",
  "notice.whyMore": "Más sobre ello en la conversación",
  "notice.mailLead": "{visitor} escribió a {address}:",
  "notice.mailReply": "Responda a este correo: {visitor} recibirá sus palabras por correo electrónico.",
  "notice.mailReplyNoAddress":
    "Este correo no dice de quién es: no se puede responder por correo electrónico.",
  "notice.mailWhy": "Por qué recibe esto: llegó por correo electrónico y nadie lo abrió a tiempo.",
  "notice.attached":
    "{count, plural, one {Archivo adjunto: {files}} many {Archivos adjuntos: {files}} other {Archivos adjuntos: {files}}}",
  "notice.inDesk": "En el panel, no en este correo: {files}",
  "missed.lead": "{visitor} ha escrito en {site} y se ha ido antes de que nadie se uniera:",
  "missed.reply":
    "Responda a este correo: {visitor} recibirá sus palabras por correo y las encontrará en el chat si vuelve.",
  "missed.replyNoAddress":
    "Responda a este correo: sus palabras esperan en el chat hasta la próxima visita. No ha dejado ninguna dirección de correo.",
  "missed.why":
    "Por qué recibe esto: había alguien que podía atenderlo, pero nadie se unió a la conversación antes de que se cerrara la página.",
  "answer.lead": "{name} le ha respondido en {site}:",
  "answer.subject": "Respuesta a: {words}",
  "answer.subjectPlain": "Respuesta de {site}",
  "answer.you": "Usted",
  "answer.reply": "Puede contestar respondiendo a este correo.",
  "answer.why": "Recibe este correo porque dejó su dirección en el chat de {site}.",
  "answer.mailLead": "{name} respondió a su correo:",
  "answer.tooLarge": "Demasiado grande para enviarse: {files}. Pida otra vía.",
  "answer.mailWhy": "Recibe esto porque escribió a {address}.",
  "transcript.subject": "Su conversación con {site}",
  "transcript.lead": "Su conversación en {site} del {day}, tal como la pidió:",
  "transcript.more":
    "{count, plural, one {Falta aquí # mensaje anterior: lo encontrará en el chat.} many {Faltan aquí # mensajes anteriores: los encontrará en el chat.} other {Faltan aquí # mensajes anteriores: los encontrará en el chat.}}",
  "transcript.why": "Recibe este correo porque lo pidió en el chat de {site}.",
  "code.subject": "{code} es su código de acceso a Porchlight",
  "code.lead": "Su código de acceso:",
  "code.life":
    "{minutes, plural, one {Se puede usar una vez, durante # minuto.} other {Se puede usar una vez, durante # minutos.}}",
  "code.notYou":
    "Si no lo ha pedido, no tiene que hacer nada: sin este código nadie puede entrar. No se lo dé a nadie, sea quien sea quien lo pida.",
  "address.subject": "{code} confirma esta dirección para {account}",
  "address.lead": "{by} quiere recibir a partir de ahora los mensajes de {account} en esta dirección.",
  "address.leadInbox":
    "{by} quiere que los mensajes de los visitantes de {account} lleguen a esta dirección.",
  "address.code": "Si es correcto, este código lo confirma:",
  "address.notYou":
    "Si no sabe nada de esto, no tiene que hacer nada: sin este código no llegará aquí nada más de {account}. No se lo dé a nadie, sea quien sea quien lo pida.",
  "moved.subject": "Su dirección en {account} ha cambiado",
  "moved.lead": "{name}, su dirección en {account} ha cambiado.",
  "moved.when": "Cuándo",
  "moved.by": "Por",
  "moved.old": "Hasta ahora",
  "moved.new": "Desde ahora",
  "moved.what": "Los avisos y los códigos de acceso van a la nueva dirección. Aquí no llegará nada más.",
  "moved.notYou":
    "Si no ha sido usted, dígaselo enseguida a un administrador de {account}: al desactivarle en el equipo se cierran las sesiones de todos sus dispositivos y se detienen sus correos, hasta que la dirección vuelva a ser la correcta.",
  "probe.subject": "Un correo de prueba de {account}",
  "probe.lead": "{by}, de {account}, está probando si el correo llega a esta dirección.",
  "probe.what":
    "No tiene que hacer nada. Si quiere ayudar, diga a {by} si este correo estaba en su bandeja de entrada o en el spam.",
  "probe.why":
    "Por qué recibe esto: {by} envió a mano este único correo el {time}, para ver qué es de él. {account} responde a los visitantes de su sitio con Porchlight.",
  "invitation.subject": "Ya está en el equipo de {account}",
  "invitation.lead": "{name}: {by} le ha añadido al equipo de {account}.",
  "invitation.what":
    "Con Porchlight responde a quienes escriben a {account} en su sitio web. Cuando no hay nadie, sus mensajes le llegan por correo.",
  "invitation.signIn":
    "Entre como {address}: no hay contraseña, recibirá un código por correo cada vez que entre.",
  "invitation.open": "Abrir el panel",
  "invitation.notYou":
    "Si no conoce {account}, no tiene que hacer nada; un administrador puede quitarle del equipo.",
  "report.from": "Entrega de correo",
  "report.subject": "No entregado: su correo a {address}",
  "report.lead": "No se pudo entregar su correo a {address}.",
  "report.mailbox-full": "El buzón de destino está lleno.",
  "report.address-wrong": "Allí ya nadie lee correo.",
  "report.domain-blocked": "El servidor de correo de destino no deja pasar este correo.",
  "report.greylisted": "El servidor de correo de destino no lo aceptó en cuatro días.",
  "report.rate-limited": "El servidor de correo de destino no lo aceptó en cuatro días.",
  "report.too-large": "Es demasiado grande para el servidor de correo de destino.",
  "report.policy": "El servidor de correo de destino lo rechazó por una regla propia.",
  "report.connection": "En cuatro días no se pudo contactar con ningún servidor de correo de destino.",
  "report.unknown": "El servidor de correo de destino lo rechazó.",
  "report.said": "El servidor dijo: {answer}",
  "report.about": "Era su correo «{subject}».",
  "report.todo":
    "No se intentará más. Inténtelo más tarde o por otro medio; las demás partes de este informe son para administradores de correo.",
}
