import type { Catalogue } from "../formatter.ts"
import type { en } from "./en.ts"

export const es: Catalogue<typeof en> = {
  title: "Dejar entrar el correo de {domain}",
  lead: "Para quien gestiona el servidor de correo de una empresa. Allí se responde a los visitantes del sitio web con Porchlight, y {domain} envía por correo lo que los visitantes escribieron. Si ese correo se rechaza o acaba en el spam, esto es lo que hay que ajustar.",
  reading: "Cargando …",
  failed: "No se pudo cargar esta página. Inténtelo de nuevo.",
  copy: "Copiar",
  copied: "Copiado",
  print: "Imprimir esta página",
  language: "Idioma",
  capture: "Por ahora nada sale de este relay: quien lo gestiona aún no ha definido una salida.",

  "facts.title": "Cómo se reconoce este correo",
  "facts.from": "From",
  "facts.from.value": "r-…@{domain}, con el nombre del visitante y del sitio; también postmaster@{domain}",
  "facts.envelope": "Remitente del sobre",
  "facts.envelope.value": "b-…@{domain}",
  "facts.dkim": "Firmado (DKIM)",
  "facts.dkim.value": "d={domain}, selectores {selectors}; en todo correo que escribe el relay",
  "facts.arc": "Sellado (ARC)",
  "facts.arc.value": "d={domain}, en todo correo que reenvía",
  "facts.host": "Se presenta como (EHLO)",
  "facts.addresses": "Viene de",
  "facts.addresses.unknown":
    "no se conocen sus direcciones; las sabe quien lo gestiona, o su registro de correo",
  "facts.smarthost": "Sale a través de",

  "kinds.title": "Qué llega",
  "kinds.notice":
    "Avisos a sus compañeros: lo que un visitante escribió mientras no había nadie. A una persona cada uno, o a un buzón general; nunca listas, nunca publicidad.",
  "kinds.forward":
    "Correo a nombres de {domain}, reenviado: From, texto y firma del remitente quedan como están, solo el remitente del sobre es el del relay. Por eso SPF falla para el dominio del remitente; su firma DKIM sigue valiendo y el sello ARC dice lo que el relay comprobó. Si el dominio de un remitente se apoya solo en SPF, From pasa a ser el nombre en {domain} y Reply-To, el remitente.",
  "kinds.automatic":
    "Los avisos llevan Auto-Submitted y se desactivan con un clic. Los informes de que un correo reenviado no se pudo entregar van a su remitente, con el remitente del sobre vacío.",

  "rule.title": "La regla para todos los servidores",
  rule: "Deje entrar {domain} si DKIM de {domain} es válido, y confíe en sus sellos ARC. Una dirección IP sola dice menos: úsela solo para greylisting y listas de bloqueo.",

  "m365.title": "Microsoft 365",
  "m365.arc":
    "Primero el sello, para que el correo reenviado se juzgue por lo que el relay comprobó. Set-ArcConfig sustituye la lista entera; estas líneas conservan lo que contiene:",
  "m365.rule": "Después, una regla para lo que pasó DMARC, cosa que el correo ajeno no puede:",
  "m365.filter": "Solo si se rechazan conexiones por la dirección:",
  "google.title": "Google Workspace",
  "google.how":
    "Consola de administración: Aplicaciones › Google Workspace › Gmail › Spam, phishing y software malicioso › Spam. Añada una regla que omita los filtros de spam para una lista de remitentes aprobados y deje activado «Exigir autenticación del remitente». En la lista va el dominio; las direcciones van a la «lista de permitidos» solo si se rechazan conexiones. Los sellos ARC cuentan allí por sí solos.",
  "exchange.title": "Exchange en su propio servidor",
  "exchange.domain": "El filtro de contenido, en el servidor con los agentes contra el spam:",
  "exchange.addresses": "Y si se rechazan conexiones por la dirección:",
  "postfix.title": "Postfix",
  "postfix.table": "Direcciones que no tienen que pasar por listas de bloqueo ni postscreen:",
  "postfix.main":
    "Detrás de reject_unauth_destination, para que nadie reenvíe por usted, y antes de sus listas de bloqueo:",
  "postfix.grey": "Con postgrey, para que los avisos no esperen:",
  "exim.title": "Exim",
  "exim.how": "En acl_check_rcpt, antes de las instrucciones para listas de bloqueo y greylisting:",
  "rspamd.title": "Rspamd",
  "rspamd.arc":
    "Un sello de confianza corrige que DMARC falle en correo reenviado (adjust_dmarc, activado de por sí). Si ya hay una lista, añada a ella:",
  "rspamd.dkim": "Y lo que el propio relay ha firmado:",
  "spamassassin.title": "SpamAssassin",
  "spamassassin.dkim":
    "Lo que el relay ha firmado; desde 4.0.3 también sus sellos. Antes de la versión 4 se llama whitelist_from_dkim.",
  "spamassassin.networks":
    "Para que el correo reenviado se juzgue por el servidor anterior al relay y no por la dirección del relay:",

  "help.title": "Si aun así se rechaza",
  help: "Junto al mensaje, Porchlight muestra la respuesta de su servidor palabra por palabra, con hora y Message-ID: el resto está en su registro. Quien gestiona el relay lee postmaster@{domain}.",
}
