import type { Catalogue } from "../formatter.ts"
import type { en } from "./en.ts"

export const de: Catalogue<typeof en> = {
  "a-device": "unbekanntes Gerät",
  quoted: "„{answer}“.",
  waiting: "Wartet: Wenn niemand sie vorher öffnet, geht sie um {due} als E-Mail hinaus.",
  "waiting.todo": "Öffnen Sie die Unterhaltung, dann ist keine E-Mail nötig.",
  "present-on-device": "Sie waren da, als sie kam; in Benutzung war: {device} (letztes Zeichen {at}).",
  "present-on-device.todo":
    "Saß dort niemand? Melden Sie das Gerät ab oder stellen Sie sich auf nicht verfügbar, wenn Sie gehen.",
  "back-online":
    "Sie waren {seconds, plural, one {# Sekunde} other {# Sekunden}} danach zurück (Gerät: {device}), bevor eine E-Mail fällig war.",
  "back-online.todo": "Sie wartet in der Konsole auf Sie: Öffnen Sie sie dort.",
  "colleague-online": "{who} {count, plural, one {war} other {waren}} da, um zu antworten.",
  "colleague-online.group":
    "{who} {count, plural, one {war} other {waren}} in der Gruppe {group} da, um zu antworten.",
  "colleague-online.todo": "Wenn sich niemand darum kümmert, öffnen Sie sie in der Konsole.",
  opened: "{who} hat sie geöffnet ({at}).",
  "opened.you": "Sie haben sie geöffnet ({at}).",
  "opened.todo": "Fragen Sie {who}, oder öffnen Sie die Unterhaltung und treten Sie bei.",
  joined: "{who} hat die Unterhaltung übernommen ({at}).",
  "joined.you": "Sie haben die Unterhaltung übernommen ({at}).",
  "joined.todo": "Nichts zu tun, solange {who} sie nicht zurückgibt.",
  "notifications-off.agent": "Ihre eigenen Benachrichtigungen sind seit {since} aus.",
  "notifications-off.agent.todo": "Schalten Sie sie in Ihrem Profil ein, um die nächste zu bekommen.",
  "notifications-off.account": "Benachrichtigungen sind seit {since} für das ganze Konto aus.",
  "notifications-off.account.todo":
    "Bitten Sie einen Admin, sie in den Einstellungen des Kontos einzuschalten.",
  "sent-to": "Eine E-Mail dazu wurde an {address} in die Warteschlange gestellt ({at}).",
  "sent-to.several":
    "Eine gemeinsame E-Mail dazu, für {names}, wurde an {address} in die Warteschlange gestellt ({at}).",
  "sent-to.todo":
    "Sehen Sie in diesem Postfach nach. Ist es das falsche, ändern Sie die Adresse in der Konsole.",
  delivered: "{server} hat die E-Mail an {address} angenommen ({at}) und geantwortet: {answer}",
  "delivered.todo":
    "Nicht im Posteingang? Sehen Sie im Spam-Ordner nach und markieren Sie sie als erwünscht. Ist sie auch dort nicht, geben Sie Ihrem Mail-Admin die Antwort des Servers.",
  captured:
    "Die E-Mail an {address} blieb auf der Postfachseite dieses Servers ({at}): Er lässt keine E-Mails hinaus.",
  "captured.todo":
    "Lesen Sie sie dort; der Betreiber kann den Versand mit der Einstellung PORCHLIGHT_OUTBOUND einschalten.",
  deferred:
    "An {address} noch nicht zugestellt; der Server sagte: {answer} Nächster Versuch {next}, letzter {end}.",
  "deferred.todo":
    "Noch nichts zu tun: Es wird von selbst weiter versucht. Die Nachricht steht in der Konsole.",
  "mailbox-full": "Das Postfach {address} ist voll; der Server sagte: {answer}",
  "mailbox-full.next": "Das Postfach {address} ist voll; der Server sagte: {answer} Nächster Versuch {next}.",
  "mailbox-full.todo":
    "Schaffen Sie Platz in diesem Postfach; bis dahin lesen Sie die Nachricht in der Konsole.",
  "address-wrong": "Die Adresse {address} gibt es nicht; der Server sagte: {answer}",
  "address-wrong.todo": "Berichtigen Sie die Adresse in der Konsole. Die Nachricht wartet dort.",
  "domain-blocked": "Der Mailserver von {address} lässt unsere E-Mails nicht durch; er sagte: {answer}",
  "domain-blocked.todo":
    "Geben Sie Ihrem Mail-Admin die Antwort des Servers und bitten Sie ihn, unsere Absenderdomain zuzulassen.",
  "refused.too-large": "Dem Mailserver von {address} war die E-Mail zu groß; er sagte: {answer}",
  "refused.policy":
    "Der Mailserver von {address} hat die E-Mail nach eigenen Regeln abgewiesen; er sagte: {answer}",
  "refused.unknown": "Der Mailserver von {address} hat die E-Mail abgewiesen; er sagte: {answer}",
  "refused.todo": "Geben Sie Ihrem Mail-Admin die Antwort des Servers. Die Nachricht wartet in der Konsole.",
  folded:
    "Zu dieser Unterhaltung gingen in einer Stunde schon so viele E-Mails wie erlaubt; die nächste, mit dieser Nachricht, geht um {until}.",
  "folded.todo": "Soll sie nicht warten, öffnen Sie die Unterhaltung in der Konsole.",
  "other-group": "Sie war für die Gruppe {group}, in der Sie nicht sind.",
  "other-group.todo": "Ein Admin kann Sie in die Gruppe aufnehmen.",
  inactive: "Ihr Zugang ist seit {since} abgeschaltet.",
  "inactive.todo": "Bitten Sie einen Admin, ihn wieder einzuschalten.",
  "no-destination": "Es gab keine Adresse, an die sie gehen konnte.",
  "no-destination.todo":
    "Ein Admin kann ein gemeinsames Postfach festlegen oder bei jemandem die Benachrichtigungen einschalten.",
  dropped: "{by} hat die E-Mail an {address} aus der Warteschlange genommen.",
  "dropped.todo": "Fragen Sie {by} nach dem Grund. Die Nachricht steht in der Konsole.",
  "light.held": "Licht an: {holders}",
  "light.holder": "{name} ({device})",
  "light.holder.phone": "{name} ({device}, Telefon erreichbar)",
  "light.holder.fading": "{name} ({device}, gerade gegangen)",
  "light.holder.fadingUntil": "{name} ({device}, gerade gegangen, zählt bis {until})",
  "light.holder.busy": "{holder}, beschäftigt",
  "light.off": "Licht aus: {agents}",
  "light.unavailable": "{name} ist nicht verfügbar",
  "light.unavailable.since": "{name} ist seit {since} nicht verfügbar",
  "light.gone": "{name} ist nicht da",
  "light.gone.since": "{name} ist seit {since} nicht da",
  "light.more": "{count, plural, one {und # weitere Person} other {und # weitere}}",
  "light.nobody": "Licht aus: niemand ist online",
  "light.no-agents": "Licht aus: Dieses Konto hat niemanden, der antworten kann",
}
