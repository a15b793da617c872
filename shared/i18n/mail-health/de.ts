import type { Catalogue } from "../formatter.ts"
import type { en } from "./en.ts"

export const de: Catalogue<typeof en> = {
  title: "Mail-Zustand",
  lead: "Ob Mails das Relay finden, ob sie hinausgehen und ob man ihnen traut: jetzt nachgesehen, und was zu tun ist, wo es nicht so ist.",
  reading: "Wird nachgesehen …",
  retry: "Noch einmal versuchen",
  again: "Neu nachsehen",
  "checked-at": "Nachgesehen um {time}",
  "all-right": "Es ist nichts zu tun.",
  trouble:
    "{count, plural, one {Um eine Sache muss sich jemand kümmern.} other {Um # Sachen muss sich jemand kümmern.}}",
  copy: "Kopieren",
  copied: "Kopiert",
  "found-label": "Gefunden",
  "expected-label": "Sollte sein",
  "to-allow": "Seite für eine IT-Abteilung, die diese Mails durchlassen soll",

  "state.right": "richtig",
  "state.note": "zu wissen",
  "state.unknown": "keine Antwort",
  "state.missing": "fehlt",
  "state.optional": "fehlt, freiwillig",
  "state.wrong": "falsch",

  "check.mx": "Mailserver der Domain (MX)",
  "check.host": "Adresse des Mailhosts",
  "check.spf": "Wer senden darf (SPF)",
  "check.dkim": "Schlüssel der Signatur (DKIM)",
  "check.dmarc": "Richtlinie (DMARC)",
  "check.sts": "Angekündigte Verschlüsselung (MTA-STS)",
  "check.sts-policy": "Richtlinie zur Verschlüsselung (MTA-STS)",
  "check.tls-rpt": "Berichte über Verschlüsselung (TLS-RPT)",
  "check.ptr": "Name der Adresse (PTR)",
  "check.listener": "Mailserver des Relays",
  "check.port-25": "Port 25 von außen",
  "check.certificate": "Zertifikat",
  "check.way-out": "Weg hinaus",
  "check.queue": "Warteschlange",
  "check.disk": "Speicherplatz",
  "check.clock": "Uhr",
  "check.store": "Datenbank",
  "check.workers": "Was das Relay von selbst tut",

  "finding.right": "So, wie es sein soll.",
  "finding.missing": "Diesen Eintrag gibt es nicht.",
  "fix.missing": "Den gezeigten Wert veröffentlichen.",
  "finding.no-answer": "Das DNS gab keine Antwort ({detail}).",
  "fix.no-answer":
    "In einigen Minuten neu nachsehen. Bleibt es dabei, liegt es an den Nameservern dieser Domain.",
  "finding.several":
    "Es gibt {count} solche Einträge, doch nur einer darf da sein: andere lassen dann keinen gelten.",
  "fix.several": "Einen Eintrag daraus machen, etwa den gezeigten.",
  "finding.mx-elsewhere": "Mails an diese Domain gehen zu {found} und nicht zu {host}.",
  "fix.mx-elsewhere":
    "Den gezeigten Wert veröffentlichen. Gehört {found} Ihnen und reicht diese Mails an das Relay weiter, dann PORCHLIGHT_MAIL_HOST auf diesen Namen setzen.",
  "finding.mx-also": "Außer zu {host} können Mails auch zu {found} gehen.",
  "fix.mx-also": "In Ordnung, wenn {found} diese Mails an das Relay weiterreicht; sonst entfernen.",
  "finding.mx-null": "Die Domain sagt, dass sie gar keine Mails annimmt (Null-MX).",
  "fix.mx-null": "Durch den gezeigten Wert ersetzen.",
  "finding.host-alias": "{host} ist ein Alias (CNAME); das darf der Name in einem MX nicht sein.",
  "fix.host-alias": "{host} eigene Adresseinträge (A, AAAA) geben.",
  "finding.host-unknown": "{host} hat keine Adresse.",
  "fix.host-unknown":
    "Einen A-Eintrag mit der öffentlichen Adresse des Relays veröffentlichen, bei IPv6 auch AAAA.",
  "finding.host-private": "{host} führt zu {address}, was aus dem Internet nicht zu erreichen ist.",
  "fix.host-private":
    "Die öffentliche Adresse veröffentlichen, außer wenn Mails nur aus diesem Netz kommen sollen.",
  "finding.spf-refuses": "SPF sagt „{result}“ zu {address}, von wo Mails hinausgehen.",
  "fix.spf-refuses": "Diese Adresse in den Eintrag aufnehmen, wie im gezeigten Wert.",
  "finding.spf-smarthost":
    "SPF sagt „{result}“ zu {address}, dem Smarthost. Er sendet vielleicht von anderen Adressen.",
  "fix.spf-smarthost":
    "Aufnehmen, was dessen Betreiber dafür angibt, und seine Adressen als PORCHLIGHT_MAIL_ADDRESSES setzen, damit sie hier geprüft werden.",
  "finding.spf-unsure":
    "Es gibt einen Eintrag, doch ist nicht bekannt, von welchen Adressen Mails hinausgehen.",
  "fix.spf-unsure": "PORCHLIGHT_MAIL_ADDRESSES setzen; dann wird hier nachgesehen, ob SPF sie zulässt.",
  "finding.spf-broken": "Der Eintrag ist nicht zu gebrauchen: {detail}.",
  "fix.spf-broken": "Berichtigen oder den gezeigten Wert veröffentlichen.",
  "finding.spf-anybody": "Der Eintrag lässt alle für diese Domain senden.",
  "fix.spf-anybody": "Mit -all statt mit +all enden lassen.",
  "finding.dkim-other": "Veröffentlicht ist ein anderer Schlüssel als der, mit dem signiert wird.",
  "fix.dkim-other": "Durch den gezeigten Wert ersetzen.",
  "finding.dkim-revoked":
    "Der Schlüssel ist als zurückgezogen veröffentlicht (leeres p=); Signaturen zählen so nicht.",
  "fix.dkim-revoked":
    "Den gezeigten Wert veröffentlichen oder die Schlüssel wechseln: porchlight dkim rotate --now.",
  "finding.dmarc-watching":
    "Die Richtlinie ist „none“: Fälschungen im Namen dieser Domain kommen durch und werden nur gemeldet.",
  "fix.dmarc-watching":
    "Kommen die Mails des Relays signiert an, dann schützt quarantine den Namen. Alles, was es sendet, ist signiert.",
  "finding.dmarc-inherited": "Die Richtlinie von {domain} gilt auch hier: {policy}.",
  "finding.dmarc-broken": "Der Eintrag hat keine bekannte Richtlinie und zählt deshalb nicht.",
  "fix.dmarc-broken": "Den gezeigten Wert veröffentlichen.",
  "finding.sts-old-id": "Die Richtlinie ist seither eine andere; durch diese id erfährt es niemand.",
  "fix.sts-old-id": "Den gezeigten Wert veröffentlichen.",
  "finding.sts-unreadable": "Unter {url} ist die Richtlinie nicht zu lesen: {detail}.",
  "fix.sts-unreadable":
    "mta-sts.{domain} zum HTTPS des Relays führen, mit einem Zertifikat für diesen Namen; oder den Eintrag entfernen, der die Richtlinie ankündigt.",
  "finding.sts-other": "Unter {url} steht eine andere Richtlinie als die des Relays.",
  "fix.sts-other": "Diesen Namen zum Relay führen oder dort den gezeigten Text anbieten.",
  "finding.ptr-missing":
    "{address}, von wo Mails hinausgehen, hat keinen Namen. Viele Server nehmen von dort nichts an.",
  "fix.ptr-missing": "Von wem die Adresse ist, der setzt auf Wunsch ihren PTR-Eintrag auf {host}.",
  "finding.ptr-unconfirmed": "Der Name von {address} ist {name}, und der führt nicht zu ihr zurück.",
  "fix.ptr-unconfirmed": "Den PTR-Eintrag auf {host} setzen lassen; {host} muss diese Adresse haben.",
  "finding.ptr-other-name": "Der Name von {address} ist {name} und nicht {host}, wie sich das Relay nennt.",
  "fix.ptr-other-name":
    "Er führt zurück, und das genügt meist. Besser ist beides gleich, durch PTR oder PORCHLIGHT_MAIL_HOST.",
  "finding.ptr-private":
    "{address} gehört zu einem privaten Netz; es zählt der Name der öffentlichen Adresse.",
  "fix.ptr-private": "PORCHLIGHT_MAIL_ADDRESSES auf die Adresse setzen, die andere sehen.",
  "finding.listens": "Das Relay antwortet unter {address}.",
  "finding.not-listening": "Unter {address} antwortet niemand: {detail}.",
  "fix.not-listening": "Das Relay starten (porchlight serve) und nachsehen, was es sagt.",
  "finding.other-listener": "Unter {address} antwortet etwas anderes: {greeting}",
  "fix.other-listener":
    "Den anderen Mailserver beenden oder dem Relay einen anderen Port geben (PORCHLIGHT_SMTP).",
  "finding.outside-unknown":
    "Ob Port 25 von {host} von außen zu erreichen ist, lässt sich von hier aus nicht sehen.",
  "fix.outside-unknown":
    "Aus einem anderen Netz versuchen: nc {host} 25. Es muss mit 220 antworten. Firewalls und manche Anbieter sperren es.",
  "finding.other-port": "Das Relay hört auf Port {port}; andere kommen zu Port 25 von {host}.",
  "fix.other-port":
    "Etwas muss es weiterreichen: ein Mailserver davor oder die Firewall. Aus einem anderen Netz versuchen: nc {host} 25.",
  "finding.cert-none": "Es gibt kein Zertifikat; andere senden unverschlüsselt an {host}.",
  "fix.cert-none":
    "PORCHLIGHT_TLS_CERT und PORCHLIGHT_TLS_KEY setzen, außer wenn ein Mailserver davor das übernimmt.",
  "finding.cert-good":
    "{days, plural, one {Es ist für {host} und gilt noch einen Tag.} other {Es ist für {host} und gilt noch # Tage.}}",
  "finding.cert-soon": "{days, plural, one {Es endet in einem Tag.} other {Es endet in # Tagen.}}",
  "fix.cert-soon": "Erneuern.",
  "finding.cert-expired": "{days, plural, one {Es endete vor einem Tag.} other {Es endete vor # Tagen.}}",
  "fix.cert-expired": "Erneuern: Server, die auf Verschlüsselung bestehen, senden bis dahin nichts.",
  "finding.cert-name": "Es ist nicht für {host}, sondern für {names}.",
  "fix.cert-name": "Eines besorgen, das auch diesen Namen hat.",
  "finding.cert-unreadable": "{file} ist nicht zu lesen: {detail}.",
  "fix.cert-unreadable": "PORCHLIGHT_TLS_CERT muss eine PEM-Datei sein, die das Relay lesen darf.",
  "finding.capture": "Nichts verlässt dieses Relay (capture): Mails stehen nur auf seiner Postfach-Seite.",
  "fix.capture": "PORCHLIGHT_OUTBOUND setzen, wenn sie hinausgehen sollen.",
  "finding.smarthost-good": "{host} lässt das Relay ein.",
  "finding.smarthost-plain": "{host} lässt das Relay ein, aber unverschlüsselt.",
  "fix.smarthost-plain": "Den Betreiber um STARTTLS oder smtps bitten.",
  "finding.smarthost-fails": "{host} ist nicht zu gebrauchen: {detail}.",
  "fix.smarthost-fails":
    "PORCHLIGHT_OUTBOUND, die Firewall und diesen Server ansehen. Mails warten so lange.",
  "finding.smarthost-refuses": "{host} lässt das Relay sich nicht anmelden: {detail}",
  "fix.smarthost-refuses": "Benutzer und Kennwort in PORCHLIGHT_OUTBOUND berichtigen. Mails warten so lange.",
  "finding.way-untried":
    "Mails gehen unmittelbar zu den Servern derer, für die sie sind. Keiner wurde versucht.",
  "fix.way-untried":
    "porchlight doctor --probe ADRESSE versucht den Server einer Adresse, ohne etwas zu senden.",
  "finding.way-good": "{host} antwortet an Port {port}.",
  "finding.way-blocked": "Port {port} von {host} ist nicht zu erreichen: {detail}.",
  "fix.way-blocked":
    "Viele Netze lassen nichts zu Port 25 hinaus. Um Öffnung bitten oder über einen Smarthost senden (PORCHLIGHT_OUTBOUND).",
  "finding.queue-good":
    "{count, plural, =0 {Keine Mail wartet.} one {Eine Mail wartet.} other {# Mails warten.}}",
  "finding.queue-old":
    "{count, plural, one {Eine Mail wartet,} other {# Mails warten,}} die älteste seit {minutes, plural, one {einer Minute.} other {# Minuten.}}",
  "fix.queue-old": "porchlight queue list zeigt sie mit den Antworten der Server.",
  "finding.disk-good": "Es ist Platz für {free}.",
  "finding.disk-low": "In {folder} ist nur noch Platz für {free}.",
  "fix.disk-low": "Platz schaffen: ohne ihn nimmt das Relay keine Mails mehr an.",
  "finding.disk-fails": "In {folder} kann nicht geschrieben werden: {detail}.",
  "fix.disk-fails": "PORCHLIGHT_DATA muss ein Ordner sein, in dem das Relay schreiben darf.",
  "finding.clock-good":
    "{seconds, plural, =0 {Sie geht wie die der Datenbank.} one {Sie weicht eine Sekunde von der der Datenbank ab.} other {Sie weicht # Sekunden von der der Datenbank ab.}}",
  "finding.clock-off":
    "{seconds, plural, one {Sie geht eine Sekunde falsch.} other {Sie geht # Sekunden falsch.}}",
  "fix.clock-off":
    "Die Uhr der Maschine über das Netz stellen lassen (NTP): Signaturen und Codes hängen davon ab.",
  "finding.clock-alone": "Hier ist keine zweite Uhr, mit der sie zu vergleichen wäre.",
  "fix.clock-alone": "Dafür sorgen, dass die Maschine ihre Uhr über das Netz stellt (NTP).",
  "finding.store-good": "{size}. Was geschrieben wird, ist binnen {ms} ms auf der Platte.",
  "finding.store-served":
    "{size}. Was geschrieben wird, ist binnen {ms} ms auf der Platte; {free} von {most} Verbindungen sind frei.",
  "finding.store-slow":
    "Es dauert {ms} ms, bis auf der Platte ist, was geschrieben wird. Darauf wartet man bei jeder Nachricht.",
  "fix.store-slow":
    "Auf eine eigene Platte legen, am besten eine SSD und kein Netzlaufwerk; ist die Datenbank auf einer anderen Maschine, näher heran. Nachsehen, was dort sonst noch arbeitet.",
  "finding.store-few-connections":
    "{free, plural, =0 {Von {most} Verbindungen ist keine frei.} one {Von {most} Verbindungen ist nur eine frei.} other {Von {most} Verbindungen sind nur # frei.}}",
  "fix.store-few-connections":
    "Ein Relay öffnet bis zu 11. max_connections der Datenbank erhöhen oder beenden, was sonst mit ihr verbunden ist.",
  "finding.store-fails": "Es kann nichts geschrieben werden: {detail}",
  "fix.store-fails":
    "Ihre Platte ansehen, bei PostgreSQL auch das Protokoll. Bis dahin kann niemand jemandem schreiben.",
  "finding.workers-good":
    "{count, plural, one {Ein Relay läuft, und nichts Fälliges wartet lange.} other {# Relays laufen, und nichts Fälliges wartet lange.}}",
  "finding.workers-none": "Es läuft kein Relay.",
  "fix.workers-none": "Wenn eines laufen soll: starten (porchlight serve). Was fällig ist, wartet darauf.",
  "finding.decisions-late":
    "{seconds, plural, one {Ob eine Nachricht per Mail hinausmuss, wäre vor einer Sekunde zu entscheiden gewesen.} other {Ob eine Nachricht per Mail hinausmuss, wäre vor # Sekunden zu entscheiden gewesen.}}",
  "fix.decisions-late":
    "Das Protokoll des Relays ansehen, womit seine Maschine beschäftigt ist, und die Datenbank. Bleibt es so, das Relay neu starten: verloren geht nichts.",
  "finding.webhooks-late":
    "{minutes, plural, one {Eine Meldung an einen Webhook wäre vor einer Minute zu senden gewesen.} other {Eine Meldung an einen Webhook wäre vor # Minuten zu senden gewesen.}}",
  "fix.webhooks-late":
    "Am Empfänger liegt es nicht: was misslingt, wird später noch einmal versucht. Das Protokoll des Relays ansehen; bleibt es so, das Relay neu starten: verloren geht nichts.",
  "finding.pushes-late":
    "{minutes, plural, one {Eine Mitteilung an ein Telefon oder einen Browser wäre vor einer Minute zu senden gewesen.} other {Eine Mitteilung an ein Telefon oder einen Browser wäre vor # Minuten zu senden gewesen.}}",
  "fix.pushes-late":
    "Am Push-Dienst liegt es nicht: was misslingt, wird später noch einmal versucht. Das Protokoll des Relays ansehen; bleibt es so, das Relay neu starten: verloren geht nichts.",

  "queue.title": "Mails auf dem Weg",
  "queue.waiting": "{count, plural, =0 {Nichts wartet.} one {Eine Mail wartet.} other {# Mails warten.}}",
  "queue.oldest": "Die älteste seit {time}.",

  "keys.title": "Schlüssel der Signatur",
  "keys.lead":
    "Gewechselt werden sie auf der Kommandozeile von dem, der das Relay betreibt: porchlight dkim rotate. Alt und neu sind währenddessen veröffentlicht.",
  "key.waiting": "signiert ab {time}",
  "key.signing": "signiert",
  "key.signing-until": "signiert bis {time}",
  "key.retired": "zu veröffentlichen bis {time}",

  "probe.title": "Eine Probe senden",
  "probe.lead":
    "An eine beliebige Adresse. Was daraus wird, steht dann hier, bis zur letzten Antwort des Servers, zu dem sie geht.",
  "probe.to": "Adresse",
  "probe.send": "Senden",
  "probe.sending": "Wird gesendet …",
  "probe.past": "Bisherige Proben",
  "probe.to-whom": "An {address}",
  "probe.queued": "Sie wartet auf das Senden.",
  "probe.sent": "Sie wird gerade gesendet.",
  "probe.delivered": "{server} hat sie angenommen:",
  "probe.captured": "Nichts verlässt dieses Relay (capture): Sie steht auf der Postfach-Seite.",
  "probe.deferred": "Noch nicht; nächster Versuch um {time}. Die Antwort war:",
  "probe.failed": "Sie kam nicht durch. Die Antwort war:",
  "probe.bounced": "Der Server hatte sie angenommen und später gemeldet, dass sie nicht zuzustellen war:",
  "probe.dropped": "Sie wurde verworfen.",
  "probe.held": "Sie wird zurückgehalten, bis jemand sie unter „Mail-Warteschlange“ weitergehen lässt.",
  "probe.note": "Von wem und warum: {note}",
  "probe.attempts": "{count, plural, one {Ein Versuch} other {# Versuche}}",
  "probe.watch":
    "Noch einige Stunden lang können Server melden, dass sie nicht zuzustellen war. Ist sie nicht da, dann im Spam nachsehen.",
  "why.mailbox-full": "Das Postfach ist voll.",
  "why.address-wrong": "Der Server sagt, dass es diese Adresse nicht gibt.",
  "why.domain-blocked":
    "Der Server sperrt Domain oder Adresse des Relays. Was zuzulassen ist, steht auf der Seite für IT-Abteilungen.",
  "why.greylisted":
    "Der Server lässt Unbekannte warten (Greylisting); beim nächsten Versuch klappt es meist.",
  "why.rate-limited": "Der Server nimmt im Moment nichts mehr an.",
  "why.too-large": "Die Mail ist dem Server zu groß.",
  "why.policy":
    "Die Regeln des Servers sprechen dagegen. Meist liegt es an SPF, DKIM, DMARC oder am Namen der Adresse (PTR).",
  "why.connection": "Kein Server war zu erreichen.",
  "why.unknown": "Der Server gab keinen bekannten Grund an.",

  "dest.title": "Adressen, an die E-Mails gehen",
  "dest.lead":
    "Wie es um die Adressen steht, an die Benachrichtigungen und weitergeleitete E-Mails gehen. Solange eine nicht erreichbar ist, gehen Benachrichtigungen auch an ihre Ersatzadresse.",
  "dest.fine":
    "{count, plural, one {# Adresse, bei der alles stimmt} other {# Adressen, bei denen alles stimmt}}",
  "dest.failing": "kommt nicht an",
  "dest.failed": "zuletzt nicht angekommen",
  "dest.ok": "in Ordnung",
  "dest.inbox": "Sammelpostfach",
  "dest.group-inbox": "Postfach von {group}",
  "dest.since": "Seit {time}.",
  "dest.count":
    "{count, plural, one {# E-Mail ist endgültig nicht angekommen.} other {# E-Mails nacheinander sind endgültig nicht angekommen.}}",
  "dest.fallback": "Ersatzadresse",
  "dest.fallback.of": "Ersatzadresse für {address}",
  "dest.fallback.none": "keine",
  "dest.fallback.used": "Benachrichtigungen gehen auch dorthin, bis hier wieder eine E-Mail ankommt.",
  "dest.todo.mailbox-full": "Wem das Postfach gehört, kann dort Platz schaffen.",
  "dest.todo.address-wrong":
    "Berichtigen Sie die Adresse: unter Team oder dort, wo das Sammelpostfach festgelegt ist.",
  "dest.todo.domain-blocked": "Geben Sie die Seite für die IT denen, die diesen Mailserver betreiben.",
  "dest.todo.other": "Wer diesen Mailserver betreibt, findet die Antwort in dessen Protokoll.",
}
