import type { Catalogue } from "../formatter.ts"
import type { en } from "./en.ts"

export const de: Catalogue<typeof en> = {
  title: "Mails von {domain} durchlassen",
  lead: "Für alle, die den Mailserver einer Firma betreuen. Dort werden Besucher der Website mit Porchlight beantwortet, und {domain} schickt per Mail, was Besucher geschrieben haben. Werden solche Mails abgewiesen oder landen sie im Spam, ist dies einzustellen.",
  reading: "Wird geladen …",
  failed: "Diese Seite konnte nicht geladen werden. Bitte noch einmal versuchen.",
  copy: "Kopieren",
  copied: "Kopiert",
  print: "Diese Seite drucken",
  language: "Sprache",
  capture: "Zurzeit verlässt nichts dieses Relay: Wer es betreibt, hat noch keinen Weg hinaus eingestellt.",

  "facts.title": "Woran diese Mails zu erkennen sind",
  "facts.from": "From",
  "facts.from.value": "r-…@{domain}, mit dem Namen des Besuchers und der Website; auch postmaster@{domain}",
  "facts.envelope": "Umschlagabsender",
  "facts.envelope.value": "b-…@{domain}",
  "facts.dkim": "Signiert (DKIM)",
  "facts.dkim.value": "d={domain}, Selektoren {selectors}; auf jeder Mail, die das Relay schreibt",
  "facts.arc": "Versiegelt (ARC)",
  "facts.arc.value": "d={domain}, auf jeder Mail, die es weiterleitet",
  "facts.host": "Nennt sich (EHLO)",
  "facts.addresses": "Kommt von",
  "facts.addresses.unknown":
    "die Adressen sind nicht bekannt; der Betreiber weiß sie, oder das eigene Mail-Protokoll",
  "facts.smarthost": "Geht hinaus über",

  "kinds.title": "Was kommt",
  "kinds.notice":
    "Benachrichtigungen an Kolleginnen und Kollegen: was ein Besucher schrieb, während niemand da war. An je eine Person oder eine Sammelpostfach-Adresse; nie Listen, nie Werbung.",
  "kinds.forward":
    "Weitergeleitete Mails an Namen bei {domain}: From, Text und Signatur des Absenders bleiben, wie sie sind, nur der Umschlagabsender ist der des Relays. SPF für die Domain des Absenders schlägt darum fehl; die DKIM-Signatur gilt weiter, und das ARC-Siegel sagt, was das Relay festgestellt hat. Verlässt sich die Domain eines Absenders nur auf SPF, dann steht in From der Name bei {domain} und in Reply-To der Absender.",
  "kinds.automatic":
    "Benachrichtigungen tragen Auto-Submitted und lassen sich mit einem Klick ausschalten. Berichte, dass eine weitergeleitete Mail nicht zuzustellen war, gehen mit leerem Umschlagabsender an deren Absender.",

  "rule.title": "Die Regel für alle Server",
  rule: "{domain} durchlassen, wenn DKIM für {domain} gilt, und den ARC-Siegeln trauen. Eine IP-Adresse allein sagt weniger: nur für Greylisting und Sperrlisten verwenden.",

  "m365.title": "Microsoft 365",
  "m365.arc":
    "Zuerst das Siegel, damit weitergeleitete Mails nach dem beurteilt werden, was das Relay festgestellt hat. Set-ArcConfig ersetzt die ganze Liste; diese Zeilen behalten, was darin steht:",
  "m365.rule": "Dann eine Regel für das, was DMARC bestanden hat; fremde Mails können das nicht:",
  "m365.filter": "Nur wenn Verbindungen wegen der Adresse abgewiesen werden:",
  "google.title": "Google Workspace",
  "google.how":
    "Admin-Konsole: Apps › Google Workspace › Gmail › Spam, Phishing und Malware › Spam. Eine Regel hinzufügen, die für eine Liste genehmigter Absender die Spamfilter umgeht, und dabei „Absenderauthentifizierung erforderlich“ eingeschaltet lassen. In die Liste kommt die Domain; die Adressen kommen nur dann in die „E-Mail-Zulassungsliste“, wenn Verbindungen abgewiesen werden. ARC-Siegel zählen dort von selbst.",
  "exchange.title": "Exchange auf eigenem Server",
  "exchange.domain": "Der Inhaltsfilter, auf dem Server mit den Antispam-Agents:",
  "exchange.addresses": "Und wenn Verbindungen wegen der Adresse abgewiesen werden:",
  "postfix.title": "Postfix",
  "postfix.table": "Adressen, die an Sperrlisten und postscreen vorbei dürfen:",
  "postfix.main":
    "Hinter reject_unauth_destination, damit niemand fremde Mails durchreicht, und vor den eigenen Sperrlisten:",
  "postfix.grey": "Mit postgrey, damit Benachrichtigungen nicht warten:",
  "exim.title": "Exim",
  "exim.how": "In acl_check_rcpt, vor den Anweisungen zu Sperrlisten und Greylisting:",
  "rspamd.title": "Rspamd",
  "rspamd.arc":
    "Ein vertrautes Siegel berichtigt, wenn DMARC bei weitergeleiteten Mails fehlschlägt (adjust_dmarc, von sich aus eingeschaltet). Gibt es schon eine Liste, dann dort ergänzen:",
  "rspamd.dkim": "Und was das Relay selbst signiert hat:",
  "spamassassin.title": "SpamAssassin",
  "spamassassin.dkim":
    "Was das Relay signiert hat; ab 4.0.3 auch seine Siegel. Vor Version 4 heißt es whitelist_from_dkim.",
  "spamassassin.networks":
    "Damit weitergeleitete Mails nach dem Server vor dem Relay beurteilt werden und nicht nach dessen Adresse:",

  "help.title": "Wenn sie trotzdem abgewiesen werden",
  help: "Neben der Nachricht steht in Porchlight die Antwort Ihres Servers wörtlich, mit Zeit und Message-ID: Das Übrige steht in Ihrem Protokoll. Wer das Relay betreibt, liest postmaster@{domain}.",
}
