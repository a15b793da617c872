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
  "notice.open": "In der Konsole öffnen",
  "notice.why":
    "Warum Sie das bekommen: Niemand, der dafür zuständig ist, war da, und niemand hat die Nachricht rechtzeitig geöffnet.",
  "notice.forOne": "Diese E-Mail ist für {names}.",
  "notice.forSeveral": "Diese eine E-Mail gilt für {names}, die sich diese Adresse teilen.",
  "notice.forInbox":
    "Diese E-Mail geht an das gemeinsame Postfach von {account}; das legt ein Admin in der Konsole fest.",
  "notice.forInboxAnd": "Diese E-Mail geht an das gemeinsame Postfach von {account} und gilt für {names}.",
  "notice.switchOff": "Sie können diese E-Mails in der Konsole in Ihrem Profil ausschalten.",
  "answer.lead": "{name} hat Ihnen auf {site} geantwortet:",
  "answer.subject": "Antwort auf: {words}",
  "answer.subjectPlain": "Antwort von {site}",
  "answer.you": "Sie",
  "answer.reply": "Sie können auf diese E-Mail einfach antworten.",
  "answer.why": "Sie bekommen diese E-Mail, weil Sie im Chat auf {site} Ihre Adresse hinterlassen haben.",
  "code.subject": "{code} ist Ihr Anmeldecode für Porchlight",
  "code.lead": "Ihr Anmeldecode:",
  "code.life":
    "{minutes, plural, one {Er gilt einmal und # Minute lang.} other {Er gilt einmal und # Minuten lang.}}",
  "code.notYou":
    "Wenn Sie ihn nicht angefordert haben, brauchen Sie nichts zu tun: Ohne diesen Code meldet sich niemand an. Geben Sie ihn niemandem, wer auch immer danach fragt.",
}
