import type { Catalogue } from "../formatter.ts"
import type { en } from "./en.ts"

export const fr: Catalogue<typeof en> = {
  visitor: "Visiteur",
  "notice.lead": "{visitor} a écrit sur {site} alors que personne n’était là :",
  "notice.more":
    "{count, plural, one {et # autre message, dans l’espace de travail} other {et # autres messages, dans l’espace de travail}}",
  "notice.reply":
    "Répondez simplement à cet e-mail : {visitor} recevra votre réponse dans le chat, ou par e-mail après son départ.",
  "notice.replyNoAddress":
    "Répondez simplement à cet e-mail : votre réponse s’affichera dans le chat. Aucune adresse e-mail n’a été laissée.",
  "notice.page": "Page",
  "notice.theirTime": "Heure locale",
  "notice.theirTimeValue": "{time} ({zone}) au moment de l’envoi",
  "notice.address": "E-mail",
  "notice.take": "Je m’en charge",
  "notice.open": "Ouvrir dans l’espace de travail",
  "notice.why":
    "Pourquoi vous recevez cet e-mail : personne n’était là pour répondre et personne n’a ouvert le message à temps.",
  "notice.forOne": "Cet e-mail est destiné à {names}.",
  "notice.forSeveral": "Cet unique e-mail vaut pour {names}, qui partagent cette adresse.",
  "notice.forInbox":
    "Cet e-mail arrive dans la boîte commune de {account} ; un administrateur la définit dans l’espace de travail.",
  "notice.forInboxAnd": "Cet e-mail arrive dans la boîte commune de {account} et vaut pour {names}.",
  "notice.switchOff": "Désactiver ces e-mails",
  "notice.whyMore": "Plus de détails dans la conversation",
  "notice.mailLead": "{visitor} a écrit à {address} :",
  "notice.mailReply": "Répondez à ce message : {visitor} recevra vos mots par e-mail.",
  "notice.mailReplyNoAddress":
    "Ce message ne dit pas de qui il vient : il n’est pas possible d’y répondre par e-mail.",
  "notice.mailWhy": "Pourquoi vous recevez ceci : c’est arrivé par e-mail et personne ne l’a ouvert à temps.",
  "notice.attached":
    "{count, plural, one {Pièce jointe : {files}} many {Pièces jointes : {files}} other {Pièces jointes : {files}}}",
  "notice.inDesk": "Dans l’espace de travail, pas dans cet e-mail : {files}",
  "missed.lead":
    "{visitor} a écrit sur {site} et a quitté la page avant que quelqu’un ne rejoigne la conversation :",
  "missed.reply":
    "Répondez simplement à cet e-mail : {visitor} reçoit vos mots par e-mail et les retrouve dans le chat à son retour.",
  "missed.replyNoAddress":
    "Répondez simplement à cet e-mail : vos mots attendent dans le chat jusqu’au prochain passage sur le site. Aucune adresse e-mail n’a été laissée.",
  "missed.why":
    "Pourquoi vous recevez ceci : quelqu’un qui pouvait répondre était là, mais personne n’a rejoint la conversation avant la fermeture de la page.",
  "answer.lead": "{name} vous a répondu sur {site} :",
  "answer.subject": "Réponse à : {words}",
  "answer.subjectPlain": "Réponse de {site}",
  "answer.you": "Vous",
  "answer.reply": "Vous pouvez répondre directement à cet e-mail.",
  "answer.why": "Vous recevez cet e-mail parce que vous avez laissé votre adresse dans le chat de {site}.",
  "answer.mailLead": "{name} a répondu à votre e-mail :",
  "answer.tooLarge": "Trop volumineux pour être joint : {files}. Demandez un autre moyen.",
  "answer.mailWhy": "Vous recevez ceci parce que vous avez écrit à {address}.",
  "transcript.subject": "Votre conversation avec {site}",
  "transcript.lead": "Votre conversation sur {site} du {day}, comme vous l’avez demandée :",
  "transcript.more":
    "{count, plural, one {# message plus ancien manque ici : vous le trouverez dans le chat.} many {# messages plus anciens manquent ici : vous les trouverez dans le chat.} other {# messages plus anciens manquent ici : vous les trouverez dans le chat.}}",
  "transcript.why": "Vous recevez cet e-mail parce que vous l’avez demandé dans le chat de {site}.",
  "code.subject": "{code} est votre code de connexion Porchlight",
  "code.lead": "Votre code de connexion :",
  "code.life":
    "{minutes, plural, one {Il est valable une seule fois, pendant # minute.} other {Il est valable une seule fois, pendant # minutes.}}",
  "code.notYou":
    "Si vous ne l’avez pas demandé, vous n’avez rien à faire : sans ce code, personne ne peut se connecter. Ne le donnez à personne, qui que ce soit qui le demande.",
  "address.subject": "{code} confirme cette adresse pour {account}",
  "address.lead": "{by} souhaite désormais recevoir les messages de {account} à cette adresse.",
  "address.leadInbox": "{by} souhaite que les messages des visiteurs de {account} arrivent à cette adresse.",
  "address.code": "Si c’est bien le cas, ce code le confirme :",
  "address.notYou":
    "Si vous n’êtes au courant de rien, vous n’avez rien à faire : sans ce code, rien d’autre de {account} n’arrivera ici. Ne le donnez à personne, qui que ce soit qui le demande.",
  "moved.subject": "Votre adresse chez {account} a été modifiée",
  "moved.lead": "{name}, votre adresse chez {account} a été modifiée.",
  "moved.when": "Quand",
  "moved.by": "Par",
  "moved.old": "Jusqu’ici",
  "moved.new": "Désormais",
  "moved.what":
    "Les notifications et les codes de connexion vont à la nouvelle adresse. Plus rien n’arrivera ici.",
  "moved.notYou":
    "Si ce n’était pas vous, dites-le tout de suite à un administrateur de {account} : vous désactiver dans l’équipe déconnecte tous vos appareils et arrête vos e-mails, jusqu’à ce que l’adresse soit de nouveau la bonne.",
  "probe.subject": "Un message d’essai de {account}",
  "probe.lead": "{by}, de {account}, vérifie si les messages arrivent à cette adresse.",
  "probe.what":
    "Vous n’avez rien à faire. Pour aider, dites à {by} si ce message était dans la boîte de réception ou dans les indésirables.",
  "probe.why":
    "Pourquoi vous recevez ceci : {by} a envoyé ce seul message à la main le {time}, pour voir ce qu’il devient. {account} répond aux visiteurs de son site avec Porchlight.",
  "invitation.subject": "Vous faites partie de l’équipe de {account}",
  "invitation.lead": "{name}, {by} vous a fait entrer dans l’équipe de {account}.",
  "invitation.what":
    "Avec Porchlight, vous répondez aux personnes qui écrivent à {account} sur son site. Quand personne n’est là, leurs messages vous arrivent par e-mail.",
  "invitation.signIn":
    "Connectez-vous avec {address} : il n’y a pas de mot de passe, un code vous est envoyé par e-mail à chaque connexion.",
  "invitation.open": "Ouvrir l’espace de travail",
  "invitation.notYou":
    "Si vous ne connaissez pas {account}, vous n’avez rien à faire ; un administrateur peut vous retirer de l’équipe.",
  "report.from": "Remise du courrier",
  "report.subject": "Non remis : votre e-mail à {address}",
  "report.lead": "Votre e-mail à {address} n’a pas pu être remis.",
  "report.mailbox-full": "La boîte du destinataire est pleine.",
  "report.address-wrong": "Plus personne n’y lit de courrier.",
  "report.domain-blocked": "Le serveur de messagerie du destinataire ne laisse pas passer cet e-mail.",
  "report.greylisted": "Le serveur de messagerie du destinataire ne l’a pas accepté en quatre jours.",
  "report.rate-limited": "Le serveur de messagerie du destinataire ne l’a pas accepté en quatre jours.",
  "report.too-large": "Il est trop volumineux pour le serveur de messagerie du destinataire.",
  "report.policy": "Le serveur de messagerie du destinataire l’a refusé selon une règle à lui.",
  "report.connection": "En quatre jours, aucun serveur de messagerie du destinataire n’a pu être joint.",
  "report.unknown": "Le serveur de messagerie du destinataire l’a refusé.",
  "report.said": "Le serveur a répondu : {answer}",
  "report.about": "C’était votre e-mail « {subject} ».",
  "report.todo":
    "Il n’y aura pas d’autre essai. Réessayez plus tard ou par un autre moyen ; les autres parties de cet avis sont pour les administrateurs de messagerie.",
}
