import type { Catalogue } from "../formatter.ts"
import type { en } from "./en.ts"

export const de: Catalogue<typeof en> = {
  "a-device": "unbekanntes Gerät",
  "a-phone": "unbekanntes Telefon",
  "kind.offline": "Benachrichtigung bei Abwesenheit",
  "kind.missed": "verpasstes Gespräch",
  quoted: "„{answer}“.",
  waiting: "Wartet: Wenn niemand sie vorher öffnet, geht sie um {due} als E-Mail hinaus.",
  "waiting.todo": "Öffnen Sie das Gespräch, dann ist keine E-Mail nötig.",
  "present-on-device": "Sie waren da, als sie kam; in Gebrauch war: {device} (letztes Zeichen {at}).",
  "present-on-device.phone":
    "Sie waren da, als sie kam; in Gebrauch war das Telefon: {device} (letztes Zeichen {at}).",
  "present-on-device.todo":
    "Saß dort niemand? Melden Sie das Gerät ab oder stellen Sie sich auf „abwesend“, wenn Sie gehen.",
  "back-online":
    "Sie waren {seconds, plural, one {# Sekunde} other {# Sekunden}} danach zurück (Gerät: {device}), bevor eine E-Mail fällig war.",
  "back-online.minutes":
    "Sie waren {minutes, plural, one {# Minute} other {# Minuten}} danach zurück (Gerät: {device}), bevor eine E-Mail fällig war.",
  "back-online.todo": "Sie wartet in der Konsole auf Sie: Öffnen Sie sie dort.",
  "colleague-online": "{who} {count, plural, one {war} other {waren}} da, um zu antworten.",
  "colleague-online.group":
    "{who} {count, plural, one {war} other {waren}} in der Gruppe {group} da, um zu antworten.",
  "colleague-online.todo": "Wenn sich niemand darum kümmert, öffnen Sie sie in der Konsole.",
  opened: "{who} hat sie geöffnet ({at}).",
  "opened.you": "Sie haben sie geöffnet ({at}).",
  "opened.todo": "Fragen Sie {who}, oder öffnen Sie das Gespräch und übernehmen Sie es.",
  joined: "{who} hat das Gespräch übernommen ({at}).",
  "joined.you": "Sie haben das Gespräch übernommen ({at}).",
  "joined.todo": "Nichts zu tun, solange {who} es nicht zurückgibt.",
  "notifications-off.agent": "Ihre eigenen Benachrichtigungen sind seit {since} aus.",
  "notifications-off.agent.missed":
    "Ihre eigenen Benachrichtigungen über verpasste Gespräche sind seit {since} aus.",
  "notifications-off.agent.todo": "Schalten Sie sie in Ihrem Profil ein, um die nächste zu bekommen.",
  "notifications-off.account": "Benachrichtigungen sind seit {since} für das ganze Konto aus.",
  "notifications-off.account.missed":
    "Benachrichtigungen über verpasste Gespräche sind seit {since} für das ganze Konto aus.",
  "notifications-off.account.todo":
    "Bitten Sie einen Admin, sie in den Einstellungen des Kontos einzuschalten.",
  "sent-to": "Eine E-Mail dazu wurde an {address} in die Warteschlange gestellt ({at}).",
  "sent-to.todo":
    "Sehen Sie in diesem Postfach nach. Ist es das falsche, ändern Sie die Adresse in der Konsole.",
  "sent-to.todo.inbox":
    "Sehen Sie in diesem Postfach nach. Ist es das falsche, kann ein Admin das Sammelpostfach ändern.",
  "route.several": "Es ist eine gemeinsame E-Mail für {names}.",
  "route.destination": "Diese Adresse hat {by} eingestellt ({at}).",
  "route.redirect": "Dorthin führt eine Weiterleitung, eingestellt von {by} ({at}).",
  "route.redirect.plain": "Dorthin führt eine Weiterleitung.",
  "route.inbox": "Das ist das Sammelpostfach, eingestellt von {by} ({at}).",
  "route.inbox.plain": "Das ist das Sammelpostfach.",
  "route.fallback":
    "Das ist die Ersatzadresse, festgelegt von {by} ({at}): E-Mails an die übliche Adresse kommen nicht mehr an.",
  "route.fallback.plain": "Das ist die Ersatzadresse: E-Mails an die übliche Adresse kommen nicht mehr an.",
  delivered: "{server} hat die E-Mail an {address} angenommen ({at}) und geantwortet: {answer}",
  "delivered.todo":
    "Nicht im Posteingang? Suchen Sie in allen Ordnern nach dem Absender „{sender}“ oder nach „{subject}“.",
  "delivered.todo.plain": "Nicht im Posteingang? Suchen Sie in allen Ordnern.",
  "find.google":
    "In Gmail setzen Sie „in:anywhere“ vor die Wörter: Das sucht auch im Spam. Ist sie dort, markieren Sie sie als „Kein Spam“.",
  "find.microsoft":
    "In Outlook sehen Sie auch unter „Junk-E-Mail“ nach. Ist sie dort, markieren Sie sie als keine Junk-E-Mail; was in Quarantäne ist, kann Ihr Admin freigeben.",
  "find.other": "Sehen Sie auch im Spam-Ordner nach und markieren Sie sie als erwünscht.",
  "delivered.admin":
    "Ist sie nirgends, geben Sie Ihrem Mail-Admin den Text unten: Damit ist die E-Mail im Protokoll des Servers zu finden.",
  captured:
    "Die E-Mail an {address} blieb auf der Postfach-Seite dieses Relays ({at}): Es lässt keine E-Mails hinaus.",
  "captured.todo":
    "Lesen Sie sie dort; der Betreiber kann den Versand mit der Einstellung PORCHLIGHT_OUTBOUND einschalten.",
  deferred: "An {address} noch nicht zugestellt; der Server sagte: {answer}",
  "deferred.greylisted":
    "An {address} noch nicht zugestellt: Der Server bittet unbekannte Absender, es später noch einmal zu versuchen (Greylisting); er sagte: {answer}",
  "deferred.rate-limited":
    "An {address} noch nicht zugestellt: Der Server nimmt im Moment keine weiteren E-Mails an; er sagte: {answer}",
  "deferred.connection":
    "An {address} noch nicht zugestellt: Kein Mailserver hat geantwortet; der Fehler: {answer}",
  tries: "Nächster Versuch {next}, letzter {end}.",
  "next-try": "Nächster Versuch {next}.",
  "said-at": "Das war am {at}.",
  "bounced-at":
    "Der Server hatte sie erst angenommen; der Bericht, dass sie nicht zugestellt wurde, kam am {at} zurück.",
  "deferred.todo":
    "Noch nichts zu tun: Es wird von selbst weiter versucht. Die Nachricht steht in der Konsole.",
  "deferred.connection.todo":
    "Noch nichts zu tun: Es wird von selbst weiter versucht. Dauert es an, sagen Sie es dem Betreiber; die Nachricht steht in der Konsole.",
  "mailbox-full": "Das Postfach {address} ist voll; der Server sagte: {answer}",
  "mailbox-full.todo":
    "Schaffen Sie Platz in diesem Postfach; bis dahin lesen Sie die Nachricht in der Konsole.",
  "mailbox-full.todo.over":
    "Schaffen Sie in diesem Postfach Platz für die nächsten E-Mails. Diese wird nicht noch einmal versucht: Lesen Sie die Nachricht in der Konsole.",
  "address-wrong": "Die Adresse {address} gibt es nicht; der Server sagte: {answer}",
  "address-wrong.todo": "Berichtigen Sie die Adresse in der Konsole. Die Nachricht wartet dort.",
  "address-wrong.todo.inbox":
    "Ein Admin kann das Sammelpostfach berichtigen. Die Nachricht wartet in der Konsole.",
  "domain-blocked": "Der Mailserver von {address} lässt unsere E-Mails nicht durch; er sagte: {answer}",
  "domain-blocked.todo":
    "Geben Sie Ihrem Mail-Admin den Text unten: Er sagt, was wo zuzulassen ist. Die Nachricht wartet in der Konsole.",
  "refused.too-large": "Dem Mailserver von {address} war die E-Mail zu groß; er sagte: {answer}",
  "refused.policy":
    "Der Mailserver von {address} hat die E-Mail nach eigenen Regeln abgewiesen; er sagte: {answer}",
  "refused.unknown": "Der Mailserver von {address} hat die E-Mail abgewiesen; er sagte: {answer}",
  "refused.unreachable":
    "Kein Mailserver von {address} war in der ganzen Zeit zu erreichen, in der E-Mails versucht werden; was nicht ging: {answer}",
  "refused.todo":
    "Geben Sie Ihrem Mail-Admin den Text unten, mit der Antwort des Servers. Die Nachricht wartet in der Konsole.",
  "refused.unreachable.todo":
    "Geben Sie Ihrem Mail-Admin den Text unten: Der Mailserver antwortet nicht. Die Nachricht wartet in der Konsole.",
  "refused.too-large.todo":
    "Lesen Sie die Nachricht in der Konsole. Ihr Mail-Admin kann die größte Größe für E-Mails anheben.",
  folded:
    "Zu diesem Gespräch gingen in einer Stunde schon so viele E-Mails wie erlaubt; die nächste, mit dieser Nachricht, geht um {until}.",
  "folded.address":
    "Zu diesem Gespräch gingen an {address} in einer Stunde schon so viele E-Mails wie erlaubt; die nächste, mit dieser Nachricht, geht um {until}.",
  "folded.todo": "Soll sie nicht warten, öffnen Sie das Gespräch in der Konsole.",
  "other-group": "Sie war für die Gruppe {group}, in der Sie nicht sind.",
  "other-group.todo": "Ein Admin kann Sie in die Gruppe aufnehmen.",
  inactive: "Ihr Zugang ist seit {since} deaktiviert.",
  "inactive.todo": "Bitten Sie einen Admin, ihn wieder zu aktivieren.",
  "no-destination": "Es gab keine Adresse, an die sie gehen konnte.",
  "no-destination.todo":
    "Ein Admin kann ein Sammelpostfach festlegen oder bei jemandem die Benachrichtigungen einschalten.",
  dropped: "{by} hat die E-Mail an {address} aus der Warteschlange genommen.",
  "dropped.note": "{by} hat die E-Mail an {address} aus der Warteschlange genommen: {note}",
  "dropped.todo": "Fragen Sie {by} nach dem Grund. Die Nachricht steht in der Konsole.",
  held: "{by} hält die E-Mail an {address} zurück: {note}",
  "held.todo": "Fragen Sie {by}, wann sie weitergeht. Die Nachricht steht in der Konsole.",
  "visitor.chat":
    "Das ist die Adresse des Besuchers. Was Sie geschrieben haben, steht in seinem Chatfenster: Fragen Sie nach einer anderen Adresse, wenn er wieder da ist.",
  "visitor.mail":
    "Das ist die Adresse des Besuchers, und er weiß von keiner Antwort: Erreichen Sie ihn anders, oder warten Sie, bis er wieder schreibt.",
  "visitor.again": "Ein Admin kann es unter „Mail-Warteschlange“ noch einmal versuchen.",
  "visitor.mistyped": "Vielleicht ist sie vertippt.",
  "visitor.blocked":
    "Ein Admin sieht unter „Mail-Zustand“, ob mit unseren E-Mails alles stimmt, und kann es unter „Mail-Warteschlange“ noch einmal versuchen.",
  "visitor.too-large": "Große Dateien lassen sich als Link schicken.",
  "nobody-online":
    "Als das Gespräch als verpasst gegolten hätte ({at}), war niemand mehr da; stattdessen gilt eine Benachrichtigung bei Abwesenheit.",
  "nobody-online.due": "Sie ist am {due} fällig.",
  "nobody-online.todo":
    "Was aus ihr wurde, steht ebenfalls bei dieser Nachricht. Öffnen Sie das Gespräch, dann ist keine E-Mail nötig.",
  "visitor-returned": "Der Besucher kam zurück ({at}), bevor das Gespräch als verpasst galt.",
  "visitor-returned.todo":
    "Vielleicht wartet er noch: Öffnen Sie das Gespräch in der Konsole und antworten Sie.",
  plan: "Der Tarif des Kontos ({plan}) hat keine Benachrichtigungen über verpasste Gespräche.",
  "plan.todo":
    "Der Tarif {needed} hat sie: Ein Admin kann dorthin wechseln. Die Nachricht steht in der Konsole.",
  "handOver.delivered":
    "Eine E-Mail an {address} wurde vom Mailserver angenommen und ist dort in keinem Ordner.",
  "handOver.blocked":
    "Bitte lassen Sie E-Mails der Domain {domain} zu: Sie bringen uns, was Besucher unserer Website schreiben, und der Mailserver von {address} weist sie ab.",
  "handOver.refused":
    "Der Mailserver von {address} hat eine E-Mail abgewiesen, in der steht, was jemand auf unserer Website geschrieben hat.",
  "handOver.unreachable":
    "Eine E-Mail, in der steht, was jemand auf unserer Website geschrieben hat, konnte nicht zugestellt werden: Kein Mailserver von {address} war zu erreichen.",
  "handOver.when": "Wann: {at}",
  "handOver.server": "Mailserver: {server}",
  "handOver.answer": "Seine Antwort: {answer}",
  "handOver.queueId": "Seine Nummer für die E-Mail: {queueId}",
  "handOver.sender": "Von: {sender} <{from}>",
  "handOver.envelope": "Envelope-Absender: {address}",
  "handOver.subject": "Betreff: {subject}",
  "handOver.messageId": "Message-ID: {messageId}",
  "handOver.dkim": "Signiert von (DKIM): d={domain}",
  "handOver.ip": "Sendende IP-Adresse, die die Antwort nennt: {ip}",
  "handOver.list":
    "Die Antwort nennt die Sperrliste {list}. Die Streichung kann beantragen, wer den Server {domain} betreibt; bis dahin machen Sie bitte eine Ausnahme.",
  "handOver.allow.google":
    "So geht es in Google Workspace: Admin-Konsole > Apps > Google Workspace > Gmail > Spam, Phishing und Malware. Unter „Spam“ eine Regel hinzufügen, die die Spamfilter für eine Adressliste genehmigter Absender mit {domain} umgeht; die Authentifizierung des Absenders weiter verlangen. Eine gesperrte IP-Adresse kommt auf derselben Seite in die Zulassungsliste (Email allowlist).",
  "handOver.allow.microsoft":
    "So geht es in Microsoft 365: security.microsoft.com > Email & collaboration > Policies & rules > Threat policies > Tenant Allow/Block Lists > Domains & addresses: {domain} als zugelassen eintragen. Eine gesperrte IP-Adresse kommt in Anti-spam policies > Connection filter policy > IP Allow List.",
  "handOver.allow.other":
    "So geht es auf anderen Servern: {domain} auf die Liste zugelassener Absender des Mailservers und des Spamfilters davor setzen; wo diese Liste eine DKIM-Signatur verlangen kann, d={domain} verlangen. Eine gesperrte IP-Adresse kommt auf die Liste zugelassener Clients, noch vor der Abfrage von Sperrlisten.",
  "light.held": "Licht an: {holders}",
  "light.holder": "{name} ({device})",
  "light.holder.phone": "{name} ({device}, Telefon erreichbar)",
  "light.holder.fading": "{name} ({device}, gerade gegangen)",
  "light.holder.fadingUntil": "{name} ({device}, gerade gegangen, zählt bis {until})",
  "light.holder.busy": "{holder}, beschäftigt",
  "light.off": "Licht aus: {agents}",
  "light.unavailable": "{name} ist auf „abwesend“ gestellt",
  "light.unavailable.since": "{name} ist seit {since} auf „abwesend“ gestellt",
  "light.unavailable.until": "{name} ist bis {until} auf „abwesend“ gestellt",
  "light.gone": "{name} ist nicht da",
  "light.gone.since": "{name} ist seit {since} nicht da",
  "light.hours-closed": "{name} ist außerhalb der Bürozeiten",
  "light.hours-closed.until": "{name} ist außerhalb der Bürozeiten, die wieder am {until} beginnen",
  "light.more": "{count, plural, one {und # weitere Person} other {und # weitere}}",
  "light.nobody": "Licht aus: niemand ist online",
  "light.no-agents": "Licht aus: Dieses Konto hat niemanden, der antworten kann",
}
