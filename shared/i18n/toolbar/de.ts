import type { Catalogue } from "../formatter.ts"
import type { en } from "./en.ts"

export const de: Catalogue<typeof en> = {
  "badge.signedOut": "Porchlight: nicht angemeldet",
  "badge.lost": "Porchlight: das Relay antwortet nicht",
  "badge.connecting": "Porchlight: wird verbunden",
  "badge.on": "Porchlight: Ihr Licht ist an",
  "badge.busy": "Porchlight: Ihr Licht ist an, Sie sind beschäftigt",
  "badge.off": "Porchlight: Ihr Licht ist aus",
  "badge.unavailable": "Porchlight: Ihr Licht ist aus, Sie sind abwesend gemeldet",
  "notice.title": "{visitor} auf {site}",

  "intent.legend": "Ihr Status",
  "intent.available": "Verfügbar",
  "intent.busy": "Beschäftigt",
  "intent.unavailable": "Abwesend",
  "intent.stale": "Inzwischen wurde er auf einem anderen Gerät geändert. So steht er jetzt.",

  "light.title.on": "Das Licht ist an",
  "light.title.off": "Das Licht ist aus",
  "light.title.old": "Was Websites zeigen, ist gerade nicht bekannt",
  "light.old": "Zuletzt bekannt:",
  "light.mine.off": "Nicht Ihretwegen: Ihr eigenes Licht ist aus.",

  "waiting.title": "Wartend",
  "waiting.none": "Niemand wartet.",
  "waiting.count":
    "{count, plural, =0 {Niemand wartet} one {# Unterhaltung wartet} other {# Unterhaltungen warten}}",
  "waiting.more": "{count, plural, one {und # weitere} other {und # weitere}}",
  "waiting.mailAt": "E-Mail um {time}",
  "waiting.unnamed": "Besucher",
  "verdict.title": "Warum eine E-Mail, oder keine",
  "verdict.about": "Letzte Nachricht, von {visitor}:",

  "devices.title": "Ihre Geräte",
  "devices.own": "dieses",
  "devices.present": "in Gebrauch",
  "devices.reachable": "erreichbar",
  "devices.fading": "eben verlassen, zählt noch",
  "devices.gone": "weg",
  "devices.goneSince": "weg seit {time}",

  "team.title": "Team",
  "team.available": "verfügbar",
  "team.busy": "beschäftigt",
  "team.unavailable": "abwesend",
  "team.away": "weg",

  "desk.open": "Arbeitsplatz öffnen",
  "desk.panel": "Am Rand",

  "connection.live": "Verbunden. Bestätigt um {time}",
  "connection.beating": "Verbunden, ohne Live-Meldungen. Bestätigt um {time}",
  "connection.connecting": "Verbindung zu {relay} …",
  "connection.lost": "{relay} antwortet nicht. Es wird weiter versucht.",
  "connection.lostSince": "{relay} antwortet nicht. Zuletzt bestätigt um {time}. Es wird weiter versucht.",

  "signIn.title": "Anmelden",
  "signIn.intro": "Ihr Licht auf der Website, in Ihrer Symbolleiste.",
  "signIn.ended":
    "Dieser Browser wurde abgemeldet. Melden Sie sich an, um wieder als anwesend gezeigt zu werden.",
  "signIn.relay": "Relay",
  "signIn.relayHint": "Die Adresse Ihres Porchlight. Wer es betreibt, kennt sie.",
  "signIn.address": "E-Mail-Adresse",
  "signIn.send": "Code senden",
  "signIn.sending": "Wird gesendet …",
  "signIn.codeSent": "Wenn {address} zu jemandem im Team gehört, ist ein Code dorthin unterwegs.",
  "signIn.code": "Sechsstelliger Code",
  "signIn.codeHint": "Sie können dieses Fenster schließen und die E-Mail suchen: Hier geht es danach weiter.",
  "signIn.enter": "Anmelden",
  "signIn.entering": "Wird angemeldet …",
  "signIn.again": "Neuen Code senden",
  "signIn.other": "Andere Adresse",

  "signOut.open": "Abmelden",
  "signOut.title": "In diesem Browser abmelden",
  "signOut.plain": "Abmelden",
  "signOut.plainHint": "Das Licht erlischt nach kurzer Zeit, wenn kein anderes Ihrer Geräte es hält.",
  "signOut.unavailable": "Abmelden und abwesend melden",
  "signOut.unavailableHint": "Ihr Licht erlischt sofort, auf allen Ihren Geräten.",
  "signOut.cancel": "Angemeldet bleiben",
  "signOut.anyway": "Trotzdem hier abmelden",
  "signOut.unreached":
    "Das Relay ließ sich nicht benachrichtigen. Bis dahin bleibt dieses Gerät in Ihrer Liste.",

  "problem.relay.malformed": "Das ist keine Webadresse. Sie sollte aussehen wie https://chat.example.com.",
  "problem.relay.insecure": "Ohne https könnten andere mitlesen. Einfaches http geht nur auf diesem Rechner.",
  "problem.network": "{relay} war nicht zu erreichen. Stimmt die Adresse, und sind Sie online?",
  "problem.timeout": "{relay} hat zu lange nicht geantwortet. Versuchen Sie es noch einmal.",
  "problem.broken": "{relay} hat selbst ein Problem. Versuchen Sie es etwas später noch einmal.",
  "problem.notARelay": "Unter {relay} antwortet etwas, aber kein Porchlight-Relay. Prüfen Sie die Adresse.",
  "problem.codeWrong":
    "Dieser Code stimmt nicht. Nehmen Sie den aus der neuesten E-Mail, oder lassen Sie sich einen neuen senden.",
  "problem.codeExpired": "Dieser Code ist zu alt. Lassen Sie sich einen neuen senden.",
  "problem.tooMany": "Zu viele Versuche. Warten Sie etwas, dann versuchen Sie es noch einmal.",
  "problem.refused": "Das Relay hat abgelehnt: {message}",
  "problem.permit": "Der Symbolleiste direkten Zugang zu {relay} geben",
}
