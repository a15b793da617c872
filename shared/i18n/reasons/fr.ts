import type { Catalogue } from "../formatter.ts"
import type { en } from "./en.ts"

export const fr: Catalogue<typeof en> = {
  "a-device": "un appareil",
  "a-phone": "un téléphone",
  "kind.offline": "notification en cas d’absence",
  "kind.missed": "conversation manquée",
  quoted: "« {answer} ».",
  waiting: "En attente : si personne ne l’ouvre d’ici là, il partira par e-mail à {due}.",
  "waiting.todo": "Ouvrez la conversation, et aucun e-mail ne sera nécessaire.",
  "present-on-device":
    "Vous étiez là à son arrivée : {device} était en cours d’utilisation (dernier signe : {at}).",
  "present-on-device.phone":
    "Vous étiez là à son arrivée : le téléphone {device} était en cours d’utilisation (dernier signe : {at}).",
  "present-on-device.todo":
    "Personne n’était devant ? Déconnectez cet appareil, ou passez en « indisponible » quand vous partez.",
  "back-online":
    "Vous étiez de retour {seconds, plural, one {# seconde} other {# secondes}} plus tard, sur {device}, avant l’heure d’envoi de l’e-mail.",
  "back-online.minutes":
    "Vous étiez de retour {minutes, plural, one {# minute} other {# minutes}} plus tard, sur {device}, avant l’heure d’envoi de l’e-mail.",
  "back-online.todo": "Il vous attend dans l’espace de travail : ouvrez-le là-bas.",
  "colleague-online": "{who} {count, plural, one {était} other {étaient}} là pour répondre.",
  "colleague-online.group":
    "{who} {count, plural, one {était} other {étaient}} là pour répondre, dans le groupe {group}.",
  "colleague-online.todo": "Si personne ne s’en occupe, ouvrez-le dans l’espace de travail.",
  opened: "{who} l’a ouvert ({at}).",
  "opened.you": "Vous l’avez ouvert ({at}).",
  "opened.todo": "Demandez à {who}, ou ouvrez la conversation et rejoignez-la.",
  joined: "{who} a pris la conversation ({at}).",
  "joined.you": "Vous avez pris la conversation ({at}).",
  "joined.todo": "Rien à faire, sauf si {who} la rend.",
  "notifications-off.agent": "Vos propres notifications sont désactivées depuis le {since}.",
  "notifications-off.agent.missed":
    "Vos propres notifications de conversations manquées sont désactivées depuis le {since}.",
  "notifications-off.agent.todo": "Activez-les dans votre profil pour recevoir la prochaine.",
  "notifications-off.account": "Les notifications sont désactivées pour tout le compte depuis le {since}.",
  "notifications-off.account.missed":
    "Les notifications de conversations manquées sont désactivées pour tout le compte depuis le {since}.",
  "notifications-off.account.todo":
    "Demandez à un administrateur de les activer dans les réglages du compte.",
  "sent-to": "Un e-mail a été mis en file d’attente pour {address} ({at}).",
  "sent-to.todo":
    "Regardez dans cette boîte. Si ce n’est pas la bonne, changez l’adresse dans l’espace de travail.",
  "sent-to.todo.inbox":
    "Regardez dans cette boîte. Si ce n’est pas la bonne, un administrateur peut changer la boîte commune.",
  "route.several": "C’est un seul e-mail pour {names}.",
  "route.destination": "Cette adresse a été définie par {by} ({at}).",
  "route.redirect": "Il y arrive par une redirection définie par {by} ({at}).",
  "route.redirect.plain": "Il y arrive par une redirection.",
  "route.inbox": "C’est la boîte commune, définie par {by} ({at}).",
  "route.inbox.plain": "C’est la boîte commune.",
  "route.fallback":
    "C’est l’adresse de secours, choisie par {by} ({at}) : les e-mails à l’adresse habituelle n’arrivent plus.",
  "route.fallback.plain": "C’est l’adresse de secours : les e-mails à l’adresse habituelle n’arrivent plus.",
  delivered: "{server} a accepté l’e-mail pour {address} ({at}) et a répondu : {answer}",
  "delivered.todo":
    "Rien dans la boîte de réception ? Cherchez dans tous les dossiers l’expéditeur « {sender} » ou « {subject} ».",
  "delivered.todo.plain": "Rien dans la boîte de réception ? Cherchez dans tous les dossiers.",
  "find.google":
    "Dans Gmail, mettez « in:anywhere » devant les mots : cela cherche aussi dans le spam. S’il y est, indiquez que ce n’est pas du spam.",
  "find.microsoft":
    "Dans Outlook, regardez aussi dans « Courrier indésirable ». S’il y est, marquez-le comme légitime ; ce qui est en quarantaine, votre administrateur peut le libérer.",
  "find.other": "Regardez aussi dans les indésirables et marquez-le comme souhaité.",
  "delivered.admin":
    "S’il n’est nulle part, donnez à votre administrateur de messagerie le texte ci-dessous : il permet de retrouver l’e-mail dans le journal du serveur.",
  captured:
    "L’e-mail pour {address} est resté dans la page du courrier de ce serveur ({at}) : aucun e-mail n’en sort.",
  "captured.todo":
    "Lisez-le là-bas ; la personne qui gère le serveur peut activer l’envoi avec le réglage PORCHLIGHT_OUTBOUND.",
  deferred: "Pas encore remis à {address} ; le serveur a répondu : {answer}",
  "deferred.greylisted":
    "Pas encore remis à {address} : le serveur demande aux expéditeurs qu’il ne connaît pas de revenir plus tard (greylisting) ; il a répondu : {answer}",
  "deferred.rate-limited":
    "Pas encore remis à {address} : pour l’instant, le serveur n’accepte plus d’e-mails ; il a répondu : {answer}",
  "deferred.connection":
    "Pas encore remis à {address} : aucun serveur de messagerie n’a répondu ; l’erreur : {answer}",
  tries: "Prochain essai : {next} ; dernier : {end}.",
  "next-try": "Prochain essai : {next}.",
  "said-at": "C’était le {at}.",
  "bounced-at": "Le serveur l’avait d’abord accepté ; l’avis de non-remise est revenu le {at}.",
  "deferred.todo":
    "Rien à faire pour l’instant : les essais continuent tout seuls. Le message est dans l’espace de travail.",
  "deferred.connection.todo":
    "Rien à faire pour l’instant : les essais continuent tout seuls. Si cela dure, prévenez la personne qui gère le serveur ; le message est dans l’espace de travail.",
  "mailbox-full": "La boîte {address} est pleine ; le serveur a répondu : {answer}",
  "mailbox-full.todo":
    "Faites de la place dans cette boîte ; d’ici là, lisez le message dans l’espace de travail.",
  "mailbox-full.todo.over":
    "Faites de la place dans cette boîte pour les prochains e-mails. Celui-ci ne sera pas réessayé : lisez le message dans l’espace de travail.",
  "address-wrong": "L’adresse {address} n’existe pas ; le serveur a répondu : {answer}",
  "address-wrong.todo": "Corrigez l’adresse dans l’espace de travail. Le message vous y attend.",
  "address-wrong.todo.inbox":
    "Un administrateur peut corriger la boîte commune. Le message attend dans l’espace de travail.",
  "domain-blocked":
    "Le serveur de messagerie de {address} ne laisse pas entrer nos e-mails ; il a répondu : {answer}",
  "domain-blocked.todo":
    "Donnez à votre administrateur de messagerie le texte ci-dessous : il dit quoi autoriser, et où. Le message attend dans l’espace de travail.",
  "refused.too-large":
    "Pour le serveur de messagerie de {address}, l’e-mail était trop volumineux ; il a répondu : {answer}",
  "refused.policy":
    "Le serveur de messagerie de {address} a refusé l’e-mail selon ses propres règles ; il a répondu : {answer}",
  "refused.unknown": "Le serveur de messagerie de {address} a refusé l’e-mail ; il a répondu : {answer}",
  "refused.unreachable":
    "Aucun serveur de messagerie de {address} n’a pu être joint pendant toute la durée des essais ; ce qui n’a pas marché : {answer}",
  "refused.todo":
    "Donnez à votre administrateur de messagerie le texte ci-dessous, avec la réponse du serveur. Le message attend dans l’espace de travail.",
  "refused.unreachable.todo":
    "Donnez à votre administrateur de messagerie le texte ci-dessous : son serveur ne répond pas. Le message attend dans l’espace de travail.",
  "refused.too-large.todo":
    "Lisez le message dans l’espace de travail. Votre administrateur de messagerie peut augmenter la taille maximale des e-mails.",
  folded:
    "Cette conversation a déjà donné lieu à autant d’e-mails qu’une heure le permet ; le prochain, avec ce message, partira à {until}.",
  "folded.address":
    "Cette conversation a déjà donné lieu à autant d’e-mails à {address} qu’une heure le permet ; le prochain, avec ce message, partira à {until}.",
  "folded.todo": "S’il ne doit pas attendre, ouvrez la conversation dans l’espace de travail.",
  "other-group": "Il était pour le groupe {group}, dont vous ne faites pas partie.",
  "other-group.todo": "Un administrateur peut vous ajouter au groupe.",
  inactive: "Votre accès est désactivé depuis le {since}.",
  "inactive.todo": "Demandez à un administrateur de le réactiver.",
  "no-destination": "Il n’y avait aucune adresse où l’envoyer.",
  "no-destination.todo":
    "Un administrateur peut définir une boîte commune ou activer les notifications de quelqu’un.",
  dropped: "{by} a retiré de la file l’e-mail pour {address}.",
  "dropped.note": "{by} a retiré de la file l’e-mail pour {address} : {note}",
  "dropped.todo": "Demandez pourquoi à {by}. Le message est dans l’espace de travail.",
  held: "{by} retient l’e-mail pour {address} : {note}",
  "held.todo": "Demandez à {by} quand il repart. Le message est dans l’espace de travail.",
  "visitor.chat":
    "C’est l’adresse du visiteur. Ce que vous avez écrit est dans sa fenêtre de chat : à son retour, demandez-lui une autre adresse.",
  "visitor.mail":
    "C’est l’adresse du visiteur, qui n’a connaissance d’aucune réponse : joignez-le autrement, ou attendez qu’il réécrive.",
  "visitor.again": "Un administrateur peut réessayer dans « File d’e-mails ».",
  "visitor.mistyped": "Elle est peut-être mal saisie.",
  "visitor.blocked":
    "Un administrateur voit dans « Santé du courrier » si nos e-mails sont en ordre, et peut réessayer dans « File d’e-mails ».",
  "visitor.too-large": "Les gros fichiers peuvent être envoyés sous forme de lien.",
  "nobody-online":
    "Quand elle aurait compté comme manquée ({at}), plus personne n’était là ; une notification en cas d’absence en tient lieu.",
  "nobody-online.due": "Elle est prévue le {due}.",
  "nobody-online.todo":
    "Ce qu’il en est de cette notification est aussi dit avec ce message. Ouvrez la conversation, et aucun e-mail ne sera nécessaire.",
  "visitor-returned": "Le visiteur est revenu ({at}) avant que la conversation ne compte comme manquée.",
  "visitor-returned.todo":
    "Il attend peut-être encore : ouvrez la conversation dans l’espace de travail et répondez.",
  plan: "L’offre du compte ({plan}) n’a pas de notifications de conversations manquées.",
  "plan.todo":
    "L’offre {needed} les a : un administrateur peut en changer. Le message est dans l’espace de travail.",
  "handOver.delivered":
    "Un e-mail pour {address} a été accepté par le serveur de messagerie et n’est dans aucun dossier.",
  "handOver.blocked":
    "Merci d’autoriser les e-mails du domaine {domain} : ils nous apportent ce qu’écrivent les visiteurs de notre site, et le serveur de messagerie de {address} les refuse.",
  "handOver.refused":
    "Le serveur de messagerie de {address} a refusé un e-mail contenant ce qu’un visiteur de notre site nous a écrit.",
  "handOver.unreachable":
    "Un e-mail contenant ce qu’un visiteur de notre site nous a écrit n’a pas pu être remis : aucun serveur de messagerie de {address} n’a pu être joint.",
  "handOver.when": "Quand : {at}",
  "handOver.server": "Serveur de messagerie : {server}",
  "handOver.answer": "Sa réponse : {answer}",
  "handOver.queueId": "Son numéro pour l’e-mail : {queueId}",
  "handOver.sender": "De : {sender} <{from}>",
  "handOver.envelope": "Expéditeur d’enveloppe : {address}",
  "handOver.subject": "Objet : {subject}",
  "handOver.messageId": "Message-ID : {messageId}",
  "handOver.dkim": "Signé par (DKIM) : d={domain}",
  "handOver.ip": "Adresse IP d’envoi que nomme la réponse : {ip}",
  "handOver.list":
    "La réponse nomme la liste de blocage {list}. La personne qui gère le serveur {domain} peut demander son retrait ; d’ici là, merci de faire une exception.",
  "handOver.allow.google":
    "Comment faire dans Google Workspace : console d’administration > Applications > Google Workspace > Gmail > Spam, hameçonnage et logiciels malveillants. Sous « Spam », ajoutez une règle qui contourne les filtres antispam pour une liste d’expéditeurs approuvés contenant {domain}, en continuant d’exiger l’authentification de l’expéditeur. Une adresse IP bloquée va dans la liste d’autorisation (Email allowlist) de la même page.",
  "handOver.allow.microsoft":
    "Comment faire dans Microsoft 365 : security.microsoft.com > Email & collaboration > Policies & rules > Threat policies > Tenant Allow/Block Lists > Domains & addresses : ajoutez {domain} comme autorisé. Une adresse IP bloquée va dans Anti-spam policies > Connection filter policy > IP Allow List.",
  "handOver.allow.other":
    "Comment faire sur d’autres serveurs : mettez {domain} sur la liste des expéditeurs autorisés du serveur de messagerie et du filtre antispam placé devant ; si cette liste peut exiger une signature DKIM, exigez d={domain}. Une adresse IP bloquée va sur la liste des clients autorisés, avant toute consultation de listes de blocage.",
  "light.held": "Lumière allumée : {holders}",
  "light.holder": "{name}, avec {device}",
  "light.holder.phone": "{name}, avec {device} (téléphone joignable)",
  "light.holder.fading": "{name}, avec {device} (vient de partir)",
  "light.holder.fadingUntil": "{name}, avec {device} (vient de partir ; compte jusqu’à {until})",
  "light.holder.busy": "{holder}, en plein travail",
  "light.off": "Lumière éteinte : {agents}",
  "light.unavailable": "{name} a le statut « indisponible »",
  "light.unavailable.since": "{name} a le statut « indisponible » depuis le {since}",
  "light.unavailable.until": "{name} a le statut « indisponible » jusqu’au {until}",
  "light.gone": "{name} n’est pas là",
  "light.gone.since": "{name} n’est pas là depuis le {since}",
  "light.hours-closed": "{name} est hors des horaires d’ouverture",
  "light.hours-closed.until": "{name} est hors des horaires d’ouverture, qui reprennent le {until}",
  "light.more": "{count, plural, one {et # autre} other {et # autres}}",
  "light.nobody": "Lumière éteinte : personne n’est en ligne",
  "light.no-agents": "Lumière éteinte : ce compte n’a personne qui puisse répondre",
}
