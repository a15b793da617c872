import type { Catalogue } from "../formatter.ts"
import type { en } from "./en.ts"

export const de: Catalogue<typeof en> = {
  visitor: "Besucher",
  "notice.lead": "{visitor} hat auf {site} geschrieben, während niemand da war:",
  "notice.more":
    "{count, plural, one {und # weitere Nachricht in der Konsole} other {und # weitere Nachrichten in der Konsole}}",
  "notice.reply":
    "Antworten Sie einfach auf diese E-Mail: Ihre Worte erreichen {visitor} im Chat oder, nach dem Verlassen der Seite, per E-Mail.",
  "notice.replyNoAddress":
    "Antworten Sie einfach auf diese E-Mail: Ihre Worte erscheinen im Chat. Eine E-Mail-Adresse wurde nicht hinterlassen.",
  "notice.page": "Seite",
  "notice.theirTime": "Ortszeit",
  "notice.theirTimeValue": "{time} ({zone}), als das geschrieben wurde",
  "notice.address": "E-Mail",
  "notice.take": "Ich übernehme",
  "notice.open": "In der Konsole öffnen",
  "notice.why":
    "Warum Sie das bekommen: Niemand, der dafür zuständig ist, war da, und niemand hat die Nachricht rechtzeitig geöffnet.",
  "notice.forOne": "Diese E-Mail ist für {names}.",
  "notice.forSeveral": "Diese eine E-Mail gilt für {names}, die sich diese Adresse teilen.",
  "notice.forInbox":
    "Diese E-Mail geht an das Sammelpostfach von {account}; das legt ein Admin in der Konsole fest.",
  "notice.forInboxAnd": "Diese E-Mail geht an das Sammelpostfach von {account} und gilt für {names}.",
  "notice.switchOff": "Diese E-Mails abschalten",
  "notice.whyMore": "Mehr dazu im Gespräch",
  "notice.mailLead": "{visitor} hat an {address} geschrieben:",
  "notice.mailReply": "Antworten Sie einfach auf diese E-Mail: {visitor} bekommt Ihre Worte per E-Mail.",
  "notice.mailReplyNoAddress":
    "Diese E-Mail sagt nicht, von wem sie ist: Per E-Mail lässt sie sich nicht beantworten.",
  "notice.mailWhy": "Warum Sie das bekommen: Es kam per E-Mail, und niemand hat es rechtzeitig geöffnet.",
  "notice.attached": "{count, plural, one {Anhang: {files}} other {Anhänge: {files}}}",
  "notice.inDesk": "In der Konsole, nicht in dieser E-Mail: {files}",
  "missed.lead": "{visitor} hat auf {site} geschrieben und ist gegangen, bevor jemand übernommen hat:",
  "missed.reply":
    "Antworten Sie einfach auf diese E-Mail: Ihre Worte erreichen {visitor} per E-Mail und stehen bei der Rückkehr auch im Chat.",
  "missed.replyNoAddress":
    "Antworten Sie einfach auf diese E-Mail: Ihre Worte warten im Chat bis zur Rückkehr auf die Website. Eine E-Mail-Adresse wurde nicht hinterlassen.",
  "missed.why":
    "Warum Sie das bekommen: Es war jemand da, der dafür zuständig ist, aber niemand hat das Gespräch übernommen, bevor die Seite geschlossen wurde.",
  "answer.lead": "{name} hat Ihnen auf {site} geantwortet:",
  "answer.subject": "Antwort auf: {words}",
  "answer.subjectPlain": "Antwort von {site}",
  "answer.you": "Sie",
  "answer.reply": "Sie können auf diese E-Mail einfach antworten.",
  "answer.why": "Sie bekommen diese E-Mail, weil Sie im Chat auf {site} Ihre Adresse hinterlassen haben.",
  "answer.mailLead": "{name} hat auf Ihre E-Mail geantwortet:",
  "answer.tooLarge": "Zu groß zum Mitschicken: {files}. Bitten Sie um einen anderen Weg.",
  "answer.mailWhy": "Sie bekommen das, weil Sie an {address} geschrieben haben.",
  "transcript.subject": "Ihr Gespräch mit {site}",
  "transcript.lead": "Ihr Gespräch auf {site} vom {day}, wie Sie es gewünscht haben:",
  "transcript.more":
    "{count, plural, one {# ältere Nachricht fehlt hier: Sie finden sie im Chat.} other {# ältere Nachrichten fehlen hier: Sie finden sie im Chat.}}",
  "transcript.why": "Sie erhalten diese E-Mail, weil Sie im Chat auf {site} darum gebeten haben.",
  "code.subject": "{code} ist Ihr Anmeldecode für Porchlight",
  "code.lead": "Ihr Anmeldecode:",
  "code.life":
    "{minutes, plural, one {Er gilt einmal und # Minute lang.} other {Er gilt einmal und # Minuten lang.}}",
  "code.notYou":
    "Wenn Sie ihn nicht angefordert haben, brauchen Sie nichts zu tun: Ohne diesen Code meldet sich niemand an. Geben Sie ihn niemandem, wer auch immer danach fragt.",
  "address.subject": "{code} bestätigt diese Adresse für {account}",
  "address.lead": "{by} möchte die Nachrichten von {account} künftig an dieser Adresse bekommen.",
  "address.leadInbox": "{by} möchte, dass Nachrichten von Besuchern bei {account} an diese Adresse gehen.",
  "address.code": "Wenn das stimmt, bestätigt es dieser Code:",
  "address.notYou":
    "Wenn Sie davon nichts wissen, brauchen Sie nichts zu tun: Ohne diesen Code kommt hier nichts weiter von {account} an. Geben Sie ihn niemandem, wer auch immer danach fragt.",
  "moved.subject": "Ihre Adresse bei {account} wurde geändert",
  "moved.lead": "{name}, Ihre Adresse bei {account} wurde geändert.",
  "moved.when": "Wann",
  "moved.by": "Von",
  "moved.old": "Bisher",
  "moved.new": "Ab jetzt",
  "moved.what": "Benachrichtigungen und Anmeldecodes gehen an die neue Adresse. Hierher kommt nichts mehr.",
  "moved.notYou":
    "Wenn Sie das nicht waren, sagen Sie es sofort einem Admin von {account}: Wer im Team deaktiviert wird, ist auf allen Geräten abgemeldet und bekommt keine Mails, bis die Adresse wieder stimmt.",
  "probe.subject": "Eine Probe von {account}",
  "probe.lead": "{by} von {account} probiert aus, ob Mails an diese Adresse ankommen.",
  "probe.what":
    "Sie müssen nichts tun. Wenn Sie helfen möchten, sagen Sie {by}, ob diese Mail im Posteingang oder im Spam lag.",
  "probe.why":
    "Warum Sie das bekommen: {by} hat diese eine Mail am {time} von Hand gesendet, um zu sehen, was daraus wird. {account} antwortet den Besuchern der eigenen Website mit Porchlight.",
  "invitation.subject": "Sie sind im Team von {account}",
  "invitation.lead": "{name}, {by} hat Sie in das Team von {account} aufgenommen.",
  "invitation.what":
    "Mit Porchlight antworten Sie Menschen, die {account} auf der Website schreiben. Ist niemand da, kommen ihre Nachrichten per E-Mail zu Ihnen.",
  "invitation.signIn":
    "Melden Sie sich als {address} an: Es gibt kein Passwort, bei jeder Anmeldung bekommen Sie einen Code per E-Mail.",
  "invitation.open": "Konsole öffnen",
  "invitation.notYou":
    "Wenn Sie {account} nicht kennen, brauchen Sie nichts zu tun; ein Admin dort kann Sie wieder aus dem Team nehmen.",
  "report.from": "Mail-Zustellung",
  "report.subject": "Nicht zugestellt: Ihre E-Mail an {address}",
  "report.lead": "Ihre E-Mail an {address} konnte nicht zugestellt werden.",
  "report.mailbox-full": "Das Postfach dort ist voll.",
  "report.address-wrong": "Dort liest niemand mehr E-Mails.",
  "report.domain-blocked": "Der Mailserver dort lässt diese E-Mail nicht durch.",
  "report.greylisted": "Der Mailserver dort hat sie in vier Tagen nicht angenommen.",
  "report.rate-limited": "Der Mailserver dort hat sie in vier Tagen nicht angenommen.",
  "report.too-large": "Dem Mailserver dort ist sie zu groß.",
  "report.policy": "Der Mailserver dort hat sie nach einer eigenen Regel abgewiesen.",
  "report.connection": "Kein Mailserver dort war in vier Tagen zu erreichen.",
  "report.unknown": "Der Mailserver dort hat sie abgewiesen.",
  "report.said": "Der Server sagte: {answer}",
  "report.about": "Es war Ihre E-Mail „{subject}“.",
  "report.todo":
    "Sie wird nicht weiter versucht. Versuchen Sie es später oder auf anderem Weg; die übrigen Teile dieses Berichts sind für Mail-Admins.",
}
