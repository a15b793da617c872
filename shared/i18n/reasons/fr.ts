import type { Catalogue } from "../formatter.ts"
import type { en } from "./en.ts"

export const fr: Catalogue<typeof en> = {
  "a-device": "un appareil",
  quoted: "« {answer} ».",
  waiting: "En attente : si personne ne l’ouvre d’ici là, il partira par e-mail à {due}.",
  "waiting.todo": "Ouvrez la conversation, et aucun e-mail ne sera nécessaire.",
  "present-on-device":
    "Vous étiez là à son arrivée : {device} était en cours d’utilisation (dernier signe : {at}).",
  "present-on-device.todo":
    "Personne n’était devant ? Déconnectez cet appareil, ou passez en indisponible quand vous partez.",
  "back-online":
    "Vous étiez de retour {seconds, plural, one {# seconde} other {# secondes}} plus tard, sur {device}, avant l’heure d’envoi de l’e-mail.",
  "back-online.todo": "Il vous attend dans l’espace de travail : ouvrez-le là-bas.",
  "colleague-online": "{who} {count, plural, one {était} other {étaient}} là pour répondre.",
  "colleague-online.group":
    "{who} {count, plural, one {était} other {étaient}} là pour répondre, dans le groupe {group}.",
  "colleague-online.todo": "Si personne ne s’en occupe, ouvrez-le dans l’espace de travail.",
  opened: "{who} l’a ouvert ({at}).",
  "opened.you": "Vous l’avez ouvert ({at}).",
  "opened.todo": "Demandez à {who}, ou ouvrez la conversation et rejoignez-la.",
  joined: "{who} a pris la conversation ({at}).",
  "joined.you": "Vous avez pris la conversation ({at}).",
  "joined.todo": "Rien à faire, sauf si {who} la remet à l’équipe.",
  "notifications-off.agent": "Vos propres notifications sont désactivées depuis le {since}.",
  "notifications-off.agent.todo": "Activez-les dans votre profil pour recevoir la prochaine.",
  "notifications-off.account": "Les notifications sont désactivées pour tout le compte depuis le {since}.",
  "notifications-off.account.todo":
    "Demandez à un administrateur de les activer dans les réglages du compte.",
  "sent-to": "Un e-mail a été mis en file d’attente pour {address} ({at}).",
  "sent-to.several": "Un seul e-mail, pour {names}, a été mis en file d’attente pour {address} ({at}).",
  "sent-to.todo":
    "Regardez dans cette boîte. Si ce n’est pas la bonne, changez l’adresse dans l’espace de travail.",
  delivered: "{server} a accepté l’e-mail pour {address} ({at}) et a répondu : {answer}",
  "delivered.todo":
    "Rien dans la boîte de réception ? Regardez dans les indésirables et marquez-le comme souhaité. S’il n’y est pas non plus, donnez la réponse du serveur à votre administrateur de messagerie.",
  captured:
    "L’e-mail pour {address} est resté dans la page « boîte » de ce serveur ({at}) : aucun e-mail n’en sort.",
  "captured.todo": "Lisez-le là-bas ; l’exploitant peut activer l’envoi avec le réglage PORCHLIGHT_OUTBOUND.",
  deferred:
    "Pas encore remis à {address} ; le serveur a répondu : {answer} Prochain essai : {next} ; dernier : {end}.",
  "deferred.todo":
    "Rien à faire pour l’instant : les essais continuent tout seuls. Le message est dans l’espace de travail.",
  "mailbox-full": "La boîte {address} est pleine ; le serveur a répondu : {answer}",
  "mailbox-full.next":
    "La boîte {address} est pleine ; le serveur a répondu : {answer} Prochain essai : {next}.",
  "mailbox-full.todo":
    "Faites de la place dans cette boîte ; d’ici là, lisez le message dans l’espace de travail.",
  "address-wrong": "L’adresse {address} n’existe pas ; le serveur a répondu : {answer}",
  "address-wrong.todo": "Corrigez l’adresse dans l’espace de travail. Le message vous y attend.",
  "domain-blocked":
    "Le serveur de messagerie de {address} ne laisse pas entrer nos e-mails ; il a répondu : {answer}",
  "domain-blocked.todo":
    "Donnez la réponse du serveur à votre administrateur de messagerie et demandez-lui d’autoriser notre domaine.",
  "refused.too-large":
    "Pour le serveur de messagerie de {address}, l’e-mail était trop volumineux ; il a répondu : {answer}",
  "refused.policy":
    "Le serveur de messagerie de {address} a refusé l’e-mail selon ses propres règles ; il a répondu : {answer}",
  "refused.unknown": "Le serveur de messagerie de {address} a refusé l’e-mail ; il a répondu : {answer}",
  "refused.todo":
    "Donnez la réponse du serveur à votre administrateur de messagerie. Le message attend dans l’espace de travail.",
  folded:
    "Cette conversation a déjà donné lieu à autant d’e-mails qu’une heure le permet ; le prochain, avec ce message, partira à {until}.",
  "folded.todo": "S’il ne doit pas attendre, ouvrez la conversation dans l’espace de travail.",
  "other-group": "Il était pour le groupe {group}, dont vous ne faites pas partie.",
  "other-group.todo": "Un administrateur peut vous ajouter au groupe.",
  inactive: "Votre accès est désactivé depuis le {since}.",
  "inactive.todo": "Demandez à un administrateur de le réactiver.",
  "no-destination": "Il n’y avait aucune adresse où l’envoyer.",
  "no-destination.todo":
    "Un administrateur peut définir une boîte commune ou activer les notifications de quelqu’un.",
  dropped: "{by} a retiré de la file l’e-mail pour {address}.",
  "dropped.todo": "Demandez pourquoi à {by}. Le message est dans l’espace de travail.",
  "light.held": "Lumière allumée : {holders}",
  "light.holder": "{name}, avec {device}",
  "light.holder.phone": "{name}, avec {device} (téléphone à portée)",
  "light.holder.fading": "{name}, avec {device} (vient de partir)",
  "light.holder.fadingUntil": "{name}, avec {device} (vient de partir ; compte jusqu’à {until})",
  "light.holder.busy": "{holder}, a beaucoup à faire",
  "light.off": "Lumière éteinte : {agents}",
  "light.unavailable": "{name} est indisponible",
  "light.unavailable.since": "{name} est indisponible depuis le {since}",
  "light.gone": "{name} n’est pas là",
  "light.gone.since": "{name} n’est pas là depuis le {since}",
  "light.more": "{count, plural, one {et # autre} other {et # autres}}",
  "light.nobody": "Lumière éteinte : personne n’est en ligne",
  "light.no-agents": "Lumière éteinte : ce compte n’a personne qui puisse répondre",
}
