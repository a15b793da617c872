import type { Catalogue } from "../formatter.ts"
import type { en } from "./en.ts"

export const de: Catalogue<typeof en> = {
  retry: "Erneut versuchen",
  copy: "Kopieren",
  copied: "Kopiert",

  "key.title": "Diese Seite braucht einen Schlüssel",
  "key.why":
    "Er steht in dem Link, den das Relay beim Start ausgibt. Öffnen Sie den Link, oder fügen Sie ihn hier ein.",
  "key.label": "Link oder Schlüssel",
  "key.go": "Weiter",
  "key.wrong": "Das ist nicht der Schlüssel dieses Relays. Den richtigen Link gibt es beim Start aus.",

  "sign-in.title": "Anmelden",
  "sign-in.address": "E-Mail-Adresse",
  "sign-in.send": "Code senden",
  "sign-in.sending": "Wird gesendet …",
  "sign-in.sent": "Wenn {address} zum Team gehört, ist ein Code dorthin unterwegs.",
  "sign-in.where":
    "Ist dieses Relay neu, und es verlässt noch keine Mail das Haus? Dann steht der Code auf seiner Postfach-Seite.",
  "sign-in.code": "Sechsstelliger Code",
  "sign-in.enter": "Anmelden",
  "sign-in.entering": "Anmeldung läuft …",
  "sign-in.again": "Neuen Code senden",
  "sign-in.other": "Andere Adresse",
  "sign-in.ended": "Sie wurden hier abgemeldet. Melden Sie sich an, um wieder als anwesend zu gelten.",

  "setup.title": "Porchlight einrichten",
  "setup.lead": "Drei Namen, dann kann das Licht angehen. Alles lässt sich später ändern.",
  "setup.company": "Firma",
  "setup.company.name": "Name",
  "setup.company.hint": "Ihr Team sieht sie in der Anwendung.",
  "setup.you": "Sie selbst, mit Verwaltungsrechten",
  "setup.name": "Ihr Name",
  "setup.name.hint": "Steht bei Ihren Antworten im Chat.",
  "setup.address": "Ihre E-Mail-Adresse",
  "setup.address.hint": "Damit melden Sie sich an, und dorthin gehen Benachrichtigungen.",
  "setup.site": "Ihre Website",
  "setup.site.name": "Name",
  "setup.site.name.hint": "Unter dem man sie kennt.",
  "setup.origins": "Adresse",
  "setup.origins.hint":
    "Wo der Chat gezeigt werden darf, z. B. https://example.com. Mehrere mit Leerzeichen dazwischen; * für überall.",
  "setup.times": "Wie schnell eine Benachrichtigung hinausgeht",
  "setup.times.daily": "2 Minuten, für den Alltag",
  "setup.times.daily.hint": "Wer bis dahin zurück ist, bekommt keine E-Mail.",
  "setup.times.trial": "10 Sekunden, zum Ausprobieren",
  "setup.times.trial.hint": "Sie müssen nicht auf die E-Mail warten. Vor dem Ernstfall zu ändern.",
  "setup.language":
    "Sie erhalten E-Mails auf {language}, mit Zeiten von {zone}. Die Sprache lässt sich im Profil ändern.",
  "setup.go": "Einrichten",
  "setup.going": "Wird eingerichtet …",
  "setup.wrong":
    "{count, plural, one {Bitte sehen Sie ein Feld noch einmal an.} other {Bitte sehen Sie # Felder noch einmal an.}}",
  "wrong.empty": "Bitte ausfüllen.",
  "wrong.long": "Bitte höchstens 80 Zeichen.",
  "wrong.address": "Das ist keine E-Mail-Adresse. Sie sollte aussehen wie name@example.com.",
  "wrong.origin": "„{value}“ ist keine Webadresse. Sie sollte aussehen wie https://example.com.",

  "next.title": "Fertig eingerichtet",
  "next.again": "Dieses Relay ist schon eingerichtet. Hier steht, wie es weitergeht und wo alles ist.",
  "next.lead":
    "In wenigen Minuten haben Sie den ganzen Weg gesehen: von der Nachricht im Chat in Ihr Postfach und zurück.",
  "next.desk": "Melden Sie sich an",
  "next.desk.how":
    "Fordern Sie dort mit Ihrer E-Mail-Adresse einen Code an. Noch verlässt keine Mail dieses Relay, der Code steht also auf der Postfach-Seite.",
  "next.desk.by-mail": "Fordern Sie dort mit Ihrer E-Mail-Adresse einen Code an; er kommt per E-Mail.",
  "next.desk.open": "Zur Anmeldung",
  "next.mailbox.open": "Postfach-Seite öffnen",
  "next.extension": "Holen Sie das Licht in die Symbolleiste",
  "next.extension.how": "Die Erweiterung zeigt das Licht und wer wartet, und merkt, wenn Sie weg sind.",
  "next.chrome":
    "Chrome, Edge: {page} öffnen, „Entwicklermodus“ einschalten, „Entpackte Erweiterung laden“ drücken und diesen Ordner wählen:",
  "next.firefox":
    "Firefox: {page} öffnen, „Temporäres Add-on laden“ drücken und in diesem Ordner manifest.json wählen:",
  "next.extension.relay": "Sie fragt nach der Adresse des Relays:",
  "next.tag": "Setzen Sie den Chat auf Ihre Website",
  "next.tag.how": "Eine Zeile vor dem Ende des Body:",
  "next.try": "Probieren Sie es als Besucher aus",
  "next.try.how":
    "Schreiben Sie auf der Vorführseite, während Sie angemeldet sind; schließen Sie dann das Fenster, schreiben Sie noch einmal, und beobachten Sie die Postfach-Seite.",
  "next.demo.open": "Vorführseite öffnen",

  "mailbox.title": "Postfach",
  "mailbox.capture": "Keine Mail verlässt dieses Relay: was es senden würde, bleibt hier.",
  "mailbox.leaves":
    "Mail verlässt dieses Relay. Hier ist die Warteschlange; Gesendetes wird nicht aufbewahrt.",
  "mailbox.empty": "Noch keine Mail",
  "mailbox.empty.hint":
    "Anmeldecodes, Benachrichtigungen und Antworten erscheinen hier innerhalb von zwei Sekunden.",
  "mailbox.list": "E-Mails",
  "mailbox.choose": "Wählen Sie eine E-Mail, um sie zu lesen",
  "mailbox.back": "Zurück zu den E-Mails",
  "mailbox.lost": "Das Relay antwortet nicht. Neuer Versuch läuft.",
  "mailbox.kind.offline-notice": "Benachrichtigung",
  "mailbox.kind.answer": "Antwort",
  "mailbox.kind.sign-in-code": "Code",
  "mailbox.kind.missed-notice": "Verpasst",
  "mailbox.kind.address-code": "Adresscode",
  "mailbox.kind.destination-changed": "Adresse",
  "mailbox.kind.invitation": "Einladung",
  "mailbox.state.queued": "in der Warteschlange",
  "mailbox.state.sending": "wird gesendet",
  "mailbox.state.delivered": "zugestellt",
  "mailbox.state.captured": "hier behalten",
  "mailbox.state.failed": "fehlgeschlagen",
  "mailbox.state.dropped": "zurückgezogen",
  "mailbox.from": "Von",
  "mailbox.to": "An",
  "mailbox.reply-to": "Antworten an",
  "mailbox.date": "Datum",
  "mailbox.as": "Ansicht",
  "mailbox.html": "Formatiert",
  "mailbox.text": "Text",
  "mailbox.headers": "Kopfzeilen",
  "mailbox.save": "Als Datei speichern",
  "mailbox.not-kept":
    "Diese E-Mail wird nicht aufbewahrt: sie ist noch nicht geschrieben, oder sie hat das Relay verlassen.",
  "mailbox.server-said": "Der Mailserver antwortete:",
  "mailbox.reading": "Wird geladen …",

  "unreachable.network": "Das Relay ist nicht erreichbar. Läuft es?",
  "unreachable.timeout": "Das Relay hat zu lange nicht geantwortet. Versuchen Sie es erneut.",
  "unreachable.broken": "Im Relay ist ein Fehler aufgetreten. Sein Protokoll sagt, welcher.",
  "unreachable.not-a-relay":
    "Unter dieser Adresse antwortet etwas anderes als das Relay. Versuchen Sie es gleich noch einmal.",
  "refused.code-wrong":
    "Dieser Code stimmt nicht. Suchen Sie die neueste E-Mail, oder senden Sie einen neuen Code.",
  "refused.code-expired": "Dieser Code ist zu alt. Senden Sie einen neuen.",
  "refused.too-many": "Zu viele Versuche. Warten Sie ein paar Minuten.",
}
