import type { Catalogue } from "../formatter.ts"
import type { en } from "./en.ts"

export const es: Catalogue<typeof en> = {
  title: "Estado del correo",
  lead: "Si el correo encuentra el relay, si sale de él y si se confía en él: consultado ahora, con lo que hay que hacer donde no es así.",
  reading: "Consultando …",
  retry: "Volver a intentar",
  again: "Consultar de nuevo",
  "checked-at": "Consultado a las {time}",
  "all-right": "No hay nada que hacer.",
  trouble:
    "{count, plural, one {Alguien debe ocuparse de un punto.} many {Alguien debe ocuparse de # de puntos.} other {Alguien debe ocuparse de # puntos.}}",
  copy: "Copiar",
  copied: "Copiado",
  "found-label": "Encontrado",
  "expected-label": "Debería ser",
  "to-allow": "Página para un departamento de informática que deba dejar pasar este correo",

  "state.right": "correcto",
  "state.note": "a saber",
  "state.unknown": "sin respuesta",
  "state.missing": "falta",
  "state.optional": "falta, opcional",
  "state.wrong": "incorrecto",

  "check.mx": "Servidor de correo del dominio (MX)",
  "check.host": "Dirección del servidor de correo",
  "check.spf": "Quién puede enviar (SPF)",
  "check.dkim": "Clave de la firma (DKIM)",
  "check.dmarc": "Política (DMARC)",
  "check.sts": "Cifrado anunciado (MTA-STS)",
  "check.sts-policy": "Política de cifrado (MTA-STS)",
  "check.tls-rpt": "Informes de cifrado (TLS-RPT)",
  "check.ptr": "Nombre de la dirección (PTR)",
  "check.listener": "Servidor de correo del relay",
  "check.port-25": "Puerto 25 desde fuera",
  "check.certificate": "Certificado",
  "check.way-out": "Salida",
  "check.queue": "Cola",
  "check.disk": "Disco",
  "check.clock": "Reloj",
  "check.store": "Almacén de datos",
  "check.workers": "Lo que el relay hace por sí mismo",

  "finding.right": "Como debe ser.",
  "finding.missing": "No existe tal registro.",
  "fix.missing": "Publique el valor que se muestra.",
  "finding.no-answer": "El DNS no dio respuesta ({detail}).",
  "fix.no-answer":
    "Vuelva a consultar en unos minutos. Si sigue así, el fallo está en los servidores de nombres de este dominio.",
  "finding.several":
    "Hay {count} registros de este tipo y solo puede haber uno: así nadie tiene en cuenta ninguno.",
  "fix.several": "Reúnalos en uno, por ejemplo el que se muestra.",
  "finding.mx-elsewhere": "El correo de este dominio va a {found} y no a {host}.",
  "fix.mx-elsewhere":
    "Publique el valor que se muestra. Si {found} es suyo y entrega este correo al relay, ponga su nombre en PORCHLIGHT_MAIL_HOST.",
  "finding.mx-also": "Además de a {host}, el correo también puede ir a {found}.",
  "fix.mx-also": "Está bien si {found} entrega este correo al relay; si no, quítelo.",
  "finding.mx-null": "El dominio dice que no acepta ningún correo (MX nulo).",
  "fix.mx-null": "Sustitúyalo por el valor que se muestra.",
  "finding.host-alias": "{host} es un alias (CNAME), y el nombre de un MX no debe serlo.",
  "fix.host-alias": "Dé a {host} registros de dirección propios (A, AAAA).",
  "finding.host-unknown": "{host} no tiene dirección.",
  "fix.host-unknown": "Publique un registro A, y AAAA si hay IPv6, con la dirección pública del relay.",
  "finding.host-private": "{host} lleva a {address}, que no se alcanza desde internet.",
  "fix.host-private": "Publique la dirección pública, salvo que el correo solo deba llegar desde esta red.",
  "finding.spf-refuses": "SPF dice «{result}» de {address}, desde donde sale el correo.",
  "fix.spf-refuses": "Añada esa dirección al registro, como en el valor que se muestra.",
  "finding.spf-smarthost":
    "SPF dice «{result}» de {address}, el smarthost. Puede que envíe desde otras direcciones.",
  "fix.spf-smarthost":
    "Incluya lo que indique quien lo gestiona y ponga sus direcciones en PORCHLIGHT_MAIL_ADDRESSES para que se comprueben aquí.",
  "finding.spf-unsure": "Hay un registro, pero no se sabe desde qué direcciones sale el correo.",
  "fix.spf-unsure": "Defina PORCHLIGHT_MAIL_ADDRESSES y aquí se comprobará si SPF las admite.",
  "finding.spf-broken": "El registro no sirve: {detail}.",
  "fix.spf-broken": "Corríjalo o publique el valor que se muestra.",
  "finding.spf-anybody": "El registro deja que cualquiera envíe por este dominio.",
  "fix.spf-anybody": "Termínelo con -all en lugar de +all.",
  "finding.dkim-other": "La clave publicada no es aquella con la que se firma el correo.",
  "fix.dkim-other": "Sustitúyala por el valor que se muestra.",
  "finding.dkim-revoked": "La clave está publicada como retirada (p= vacío), así que las firmas no cuentan.",
  "fix.dkim-revoked": "Publique el valor que se muestra o cambie las claves: porchlight dkim rotate --now.",
  "finding.dmarc-watching":
    "La política es «none»: el correo falsificado en nombre de este dominio pasa y solo se notifica.",
  "fix.dmarc-watching":
    "Cuando el correo del relay llegue firmado, quarantine protege el nombre. Todo lo que envía va firmado.",
  "finding.dmarc-inherited": "Aquí también rige la política de {domain}: {policy}.",
  "finding.dmarc-broken": "El registro no tiene ninguna política conocida, así que no cuenta.",
  "fix.dmarc-broken": "Publique el valor que se muestra.",
  "finding.sts-old-id": "La política ha cambiado desde entonces, pero con este id nadie se entera.",
  "fix.sts-old-id": "Publique el valor que se muestra.",
  "finding.sts-unreadable": "La política no se puede leer en {url}: {detail}.",
  "fix.sts-unreadable":
    "Haga que mta-sts.{domain} lleve al HTTPS del relay, con un certificado válido para ese nombre; o quite el registro que anuncia la política.",
  "finding.sts-other": "En {url} hay una política distinta de la del relay.",
  "fix.sts-other": "Haga que ese nombre lleve al relay o sirva allí el texto que se muestra.",
  "finding.ptr-missing":
    "{address}, desde donde sale el correo, no tiene nombre. Muchos servidores rechazan lo que viene de ahí.",
  "fix.ptr-missing": "Pida a quien le dio la dirección que ponga su registro PTR en {host}.",
  "finding.ptr-unconfirmed": "El nombre de {address} es {name}, y ese no lleva de vuelta a ella.",
  "fix.ptr-unconfirmed": "Haga poner su registro PTR en {host}, que debe tener esta dirección.",
  "finding.ptr-other-name": "El nombre de {address} es {name}, y no {host}, como se presenta el relay.",
  "fix.ptr-other-name":
    "Lleva de vuelta y suele bastar. Mejor el mismo nombre en ambos, por PTR o por PORCHLIGHT_MAIL_HOST.",
  "finding.ptr-private": "{address} es de una red privada; cuenta el nombre de la dirección pública.",
  "fix.ptr-private": "Ponga en PORCHLIGHT_MAIL_ADDRESSES la dirección que ven los demás.",
  "finding.listens": "El relay responde en {address}.",
  "finding.not-listening": "Nadie responde en {address}: {detail}.",
  "fix.not-listening": "Inicie el relay (porchlight serve) y mire lo que dice.",
  "finding.other-listener": "En {address} responde otra cosa: {greeting}",
  "fix.other-listener": "Detenga el otro servidor de correo o dé otro puerto al relay (PORCHLIGHT_SMTP).",
  "finding.outside-unknown": "Desde aquí no se puede ver si el puerto 25 de {host} se alcanza desde fuera.",
  "fix.outside-unknown":
    "Pruebe desde otra red: nc {host} 25. Debe responder con 220. Los cortafuegos y algunos proveedores lo bloquean.",
  "finding.other-port": "El relay escucha en el puerto {port} y los demás llegan al puerto 25 de {host}.",
  "fix.other-port":
    "Algo tiene que pasárselo: un servidor de correo delante o el cortafuegos. Pruebe desde otra red: nc {host} 25.",
  "finding.cert-none": "No hay certificado, así que los demás envían a {host} sin cifrar.",
  "fix.cert-none":
    "Defina PORCHLIGHT_TLS_CERT y PORCHLIGHT_TLS_KEY, salvo que lo haga un servidor de correo delante.",
  "finding.cert-good":
    "{days, plural, one {Es para {host} y vale un día más.} many {Es para {host} y vale # de días más.} other {Es para {host} y vale # días más.}}",
  "finding.cert-soon":
    "{days, plural, one {Termina en un día.} many {Termina en # de días.} other {Termina en # días.}}",
  "fix.cert-soon": "Renuévelo.",
  "finding.cert-expired":
    "{days, plural, one {Terminó hace un día.} many {Terminó hace # de días.} other {Terminó hace # días.}}",
  "fix.cert-expired": "Renuévelo: los servidores que exigen cifrado no envían nada hasta entonces.",
  "finding.cert-name": "No es para {host}, sino para {names}.",
  "fix.cert-name": "Consiga uno que tenga también este nombre.",
  "finding.cert-unreadable": "{file} no se puede leer: {detail}.",
  "fix.cert-unreadable": "PORCHLIGHT_TLS_CERT debe ser un archivo PEM que el relay pueda leer.",
  "finding.capture": "Nada sale de este relay (capture): el correo solo se ve en su página del buzón.",
  "fix.capture": "Defina PORCHLIGHT_OUTBOUND cuando deba salir.",
  "finding.smarthost-good": "{host} deja entrar al relay.",
  "finding.smarthost-plain": "{host} deja entrar al relay, pero sin cifrar.",
  "fix.smarthost-plain": "Pida STARTTLS o smtps a quien lo gestiona.",
  "finding.smarthost-fails": "{host} no se puede usar: {detail}.",
  "fix.smarthost-fails":
    "Revise PORCHLIGHT_OUTBOUND, el cortafuegos y ese servidor. Mientras tanto el correo espera.",
  "finding.smarthost-refuses": "{host} no deja que el relay inicie sesión: {detail}",
  "fix.smarthost-refuses":
    "Ponga el usuario y la contraseña correctos en PORCHLIGHT_OUTBOUND. Mientras tanto el correo espera.",
  "finding.way-untried": "El correo va directo a los servidores de sus destinatarios. No se probó ninguno.",
  "fix.way-untried":
    "porchlight doctor --probe DIRECCIÓN prueba el servidor de una dirección, sin enviar nada.",
  "finding.way-good": "{host} responde en el puerto {port}.",
  "finding.way-blocked": "El puerto {port} de {host} no se alcanza: {detail}.",
  "fix.way-blocked":
    "Muchas redes no dejan salir nada al puerto 25. Pida que se abra o envíe por un smarthost (PORCHLIGHT_OUTBOUND).",
  "finding.queue-good":
    "{count, plural, =0 {No espera ningún correo.} one {Espera un correo.} many {Esperan # de correos.} other {Esperan # correos.}}",
  "finding.queue-old":
    "{count, plural, one {Espera un correo,} many {Esperan # de correos,} other {Esperan # correos,}} el más antiguo desde hace {minutes, plural, one {un minuto.} many {# de minutos.} other {# minutos.}}",
  "fix.queue-old": "porchlight queue list los muestra con las respuestas de los servidores.",
  "finding.disk-good": "Queda sitio para {free}.",
  "finding.disk-low": "En {folder} solo queda sitio para {free}.",
  "fix.disk-low": "Haga sitio: sin él, el relay ya no acepta correo.",
  "finding.disk-fails": "No se puede escribir en {folder}: {detail}.",
  "fix.disk-fails": "PORCHLIGHT_DATA debe ser una carpeta en la que el relay pueda escribir.",
  "finding.clock-good":
    "{seconds, plural, =0 {Coincide con el de la base de datos.} one {Difiere un segundo del de la base de datos.} many {Difiere # de segundos del de la base de datos.} other {Difiere # segundos del de la base de datos.}}",
  "finding.clock-off":
    "{seconds, plural, one {Va mal por un segundo.} many {Va mal por # de segundos.} other {Va mal por # segundos.}}",
  "fix.clock-off": "Haga que la máquina ajuste su reloj por la red (NTP): de él dependen firmas y códigos.",
  "finding.clock-alone": "Aquí no hay otro reloj con el que compararlo.",
  "fix.clock-alone": "Asegúrese de que la máquina ajusta su reloj por la red (NTP).",
  "finding.store-good": "{size}. Lo que se escribe está en el disco en {ms} ms.",
  "finding.store-served":
    "{size}. Lo que se escribe está en el disco en {ms} ms; conexiones libres: {free} de {most}.",
  "finding.store-slow":
    "Lo que se escribe tarda {ms} ms en estar en el disco. Eso se espera con cada mensaje.",
  "fix.store-slow":
    "Póngalo en un disco propio, mejor un SSD y no una unidad de red; si la base de datos está en otra máquina, más cerca. Mire qué más trabaja allí.",
  "finding.store-few-connections":
    "{free, plural, =0 {De {most} conexiones no queda ninguna libre.} one {De {most} conexiones solo queda una libre.} many {De {most} conexiones solo quedan # de libres.} other {De {most} conexiones solo quedan # libres.}}",
  "fix.store-few-connections":
    "Un relay abre hasta 11. Suba max_connections en la base de datos o cierre lo demás que esté conectado a ella.",
  "finding.store-fails": "No se puede escribir nada: {detail}",
  "fix.store-fails":
    "Mire su disco y, con PostgreSQL, su registro. Hasta entonces nadie puede escribir a nadie.",
  "finding.workers-good":
    "{count, plural, one {Funciona un relay, y nada pendiente espera mucho.} many {Funcionan # de relays, y nada pendiente espera mucho.} other {Funcionan # relays, y nada pendiente espera mucho.}}",
  "finding.workers-none": "No funciona ningún relay.",
  "fix.workers-none": "Si debe funcionar uno, inícielo (porchlight serve). Lo pendiente lo espera.",
  "finding.decisions-late":
    "{seconds, plural, one {Si un mensaje debe salir por correo debía haberse decidido hace un segundo.} many {Si un mensaje debe salir por correo debía haberse decidido hace # de segundos.} other {Si un mensaje debe salir por correo debía haberse decidido hace # segundos.}}",
  "fix.decisions-late":
    "Mire el registro del relay, en qué está ocupada su máquina y el almacén de datos. Si sigue así, reinicie el relay: no se pierde nada.",
  "finding.webhooks-late":
    "{minutes, plural, one {Un aviso a un webhook debía haber salido hace un minuto.} many {Un aviso a un webhook debía haber salido hace # de minutos.} other {Un aviso a un webhook debía haber salido hace # minutos.}}",
  "fix.webhooks-late":
    "No es cosa del receptor: lo que falla se intenta de nuevo más tarde. Mire el registro del relay; si sigue así, reinícielo: no se pierde nada.",
  "finding.pushes-late":
    "{minutes, plural, one {Una notificación a un teléfono o navegador debía haber salido hace un minuto.} many {Una notificación a un teléfono o navegador debía haber salido hace # de minutos.} other {Una notificación a un teléfono o navegador debía haber salido hace # minutos.}}",
  "fix.pushes-late":
    "No es cosa del servicio de notificaciones: lo que falla se intenta de nuevo más tarde. Mire el registro del relay; si sigue así, reinícielo: no se pierde nada.",

  "queue.title": "Correo en camino",
  "queue.waiting":
    "{count, plural, =0 {No espera nada.} one {Espera un correo.} many {Esperan # de correos.} other {Esperan # correos.}}",
  "queue.oldest": "El más antiguo, desde las {time}.",

  "keys.title": "Claves de la firma",
  "keys.lead":
    "Las cambia en la línea de órdenes quien gestiona el relay: porchlight dkim rotate. Entretanto están publicadas las viejas y las nuevas.",
  "key.waiting": "firma desde {time}",
  "key.signing": "firma",
  "key.signing-until": "firma hasta {time}",
  "key.retired": "debe seguir publicada hasta {time}",

  "probe.title": "Enviar un correo de prueba",
  "probe.lead":
    "A cualquier dirección. Aquí se ve qué es de él, hasta la respuesta final del servidor al que va.",
  "probe.to": "Dirección",
  "probe.send": "Enviar",
  "probe.sending": "Enviando …",
  "probe.past": "Pruebas hasta ahora",
  "probe.to-whom": "A {address}",
  "probe.queued": "Espera a ser enviado.",
  "probe.sent": "Se está enviando.",
  "probe.delivered": "{server} lo aceptó:",
  "probe.captured": "Nada sale de este relay (capture): está en la página del buzón.",
  "probe.deferred": "Aún no; próximo intento a las {time}. La respuesta fue:",
  "probe.failed": "No pasó. La respuesta fue:",
  "probe.bounced": "El servidor lo había aceptado y más tarde avisó de que no se podía entregar:",
  "probe.dropped": "Se retiró.",
  "probe.held": "Está retenido hasta que alguien lo deje seguir en «Cola de correo».",
  "probe.note": "Quién y por qué: {note}",
  "probe.attempts": "{count, plural, one {Un intento} many {# de intentos} other {# intentos}}",
  "probe.watch":
    "Durante unas horas, los servidores aún pueden avisar de que no se pudo entregar. Si no aparece, mire en el spam.",
  "why.mailbox-full": "El buzón está lleno.",
  "why.address-wrong": "El servidor dice que esa dirección no existe.",
  "why.domain-blocked":
    "El servidor bloquea el dominio o la dirección del relay. La página para informática dice qué permitir.",
  "why.greylisted":
    "El servidor hace esperar a desconocidos (greylisting); al siguiente intento suele pasar.",
  "why.rate-limited": "El servidor no acepta más correo por el momento.",
  "why.too-large": "El correo es demasiado grande para el servidor.",
  "why.policy":
    "Las reglas del servidor lo impiden. Suele deberse a SPF, DKIM, DMARC o al nombre de la dirección (PTR).",
  "why.connection": "No se alcanzó ningún servidor.",
  "why.unknown": "El servidor no dio ningún motivo conocido.",

  "dest.title": "Direcciones a las que va el correo",
  "dest.lead":
    "Cómo están las direcciones a las que van los avisos y los correos reenviados. Mientras una siga fallando, los avisos van también a su dirección de reserva.",
  "dest.fine": "{count, plural, one {# dirección sin problemas} other {# direcciones sin problemas}}",
  "dest.failing": "sigue fallando",
  "dest.failed": "falló la última vez",
  "dest.ok": "bien",
  "dest.inbox": "buzón general",
  "dest.group-inbox": "buzón de {group}",
  "dest.since": "Desde el {time}.",
  "dest.count":
    "{count, plural, one {# correo ha fallado definitivamente.} other {# correos seguidos han fallado definitivamente.}}",
  "dest.fallback": "Dirección de reserva",
  "dest.fallback.of": "Dirección de reserva de {address}",
  "dest.fallback.none": "ninguna",
  "dest.fallback.used": "Los avisos van también allí hasta que vuelva a llegar un correo aquí.",
  "dest.todo.mailbox-full": "Su dueño puede hacer sitio en el buzón.",
  "dest.todo.address-wrong": "Corrija la dirección: en Equipo, o donde se configura el buzón general.",
  "dest.todo.domain-blocked": "Dé la página para el equipo de TI a quien gestiona ese servidor de correo.",
  "dest.todo.other": "Quien gestiona ese servidor de correo puede buscar la respuesta en su registro.",
}
