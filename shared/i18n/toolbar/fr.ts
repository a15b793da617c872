import type { Catalogue } from "../formatter.ts"
import type { en } from "./en.ts"

export const fr: Catalogue<typeof en> = {
  "badge.signedOut": "Porchlight : pas de session ouverte",
  "badge.lost": "Porchlight : le serveur ne répond pas",
  "badge.connecting": "Porchlight : connexion en cours",
  "badge.on": "Porchlight : votre lumière est allumée",
  "badge.busy": "Porchlight : votre lumière est allumée, vous êtes en plein travail",
  "badge.off": "Porchlight : votre lumière est éteinte",
  "badge.unavailable": "Porchlight : votre lumière est éteinte, vous êtes indisponible",
  "notice.title": "{visitor} sur {site}",

  "intent.legend": "Votre statut",
  "intent.available": "Disponible",
  "intent.busy": "En plein travail",
  "intent.unavailable": "Indisponible",
  "intent.stale": "Il a changé entre-temps sur un autre appareil. Voici ce qu’il est maintenant.",

  "light.title.on": "La lumière est allumée",
  "light.title.off": "La lumière est éteinte",
  "light.title.old": "Ce que montrent les sites n’est pas connu en ce moment",
  "light.old": "Dernier état connu :",
  "light.mine.off": "Pas grâce à vous : votre propre lumière est éteinte.",

  "waiting.title": "En attente",
  "waiting.none": "Personne n’attend.",
  "waiting.count":
    "{count, plural, =0 {Personne n’attend} one {# conversation attend} many {# conversations attendent} other {# conversations attendent}}",
  "waiting.more": "{count, plural, one {et # autre} many {et # autres} other {et # autres}}",
  "waiting.mailAt": "e-mail à {time}",
  "waiting.unnamed": "Visiteur",
  "verdict.title": "Pourquoi un e-mail, ou aucun",
  "verdict.copy": "Copier le texte pour l’administrateur de messagerie",
  "verdict.copied": "Copié.",
  "verdict.about": "Dernier message, de {visitor} :",

  "lights.title": "Vos groupes",
  "lights.on": "lumière allumée",
  "lights.off": "lumière éteinte",

  "devices.title": "Vos appareils",
  "devices.own": "celui-ci",
  "devices.present": "en service",
  "devices.reachable": "joignable",
  "devices.fading": "vient d’être quitté, compte encore",
  "devices.gone": "absent",
  "devices.goneSince": "absent depuis {time}",

  "team.title": "Équipe",
  "team.available": "disponible",
  "team.busy": "en plein travail",
  "team.unavailable": "indisponible",
  "team.away": "pas là",
  "team.byPhone": "par téléphone",

  "desk.open": "Ouvrir l’espace de travail",
  "desk.panel": "Sur le côté",

  "connection.live": "Connexion établie. Confirmée à {time}",
  "connection.beating": "Connexion établie, sans nouvelles en direct. Confirmée à {time}",
  "connection.connecting": "Connexion à {relay} …",
  "connection.lost": "{relay} ne répond pas. Nouvel essai en cours.",
  "connection.lostSince": "{relay} ne répond pas. Dernière confirmation à {time}. Nouvel essai en cours.",

  "signIn.title": "Ouvrir une session",
  "signIn.intro": "Votre lumière sur le site, dans votre barre d’outils.",
  "signIn.ended":
    "La session de ce navigateur a été fermée. Ouvrez-en une pour que votre présence se voie à nouveau.",
  "signIn.relay": "Serveur",
  "signIn.relayHint": "L’adresse de votre Porchlight. La personne qui l’administre la connaît.",
  "signIn.address": "Adresse e-mail",
  "signIn.send": "M’envoyer un code",
  "signIn.sending": "Envoi …",
  "signIn.codeSent": "Si {address} appartient à quelqu’un de l’équipe, un code est en route.",
  "signIn.code": "Code à six chiffres",
  "signIn.codeHint": "Vous pouvez fermer cette fenêtre et chercher l’e-mail : la suite se fait ici.",
  "signIn.enter": "Ouvrir la session",
  "signIn.entering": "Ouverture …",
  "signIn.again": "Envoyer un autre code",
  "signIn.other": "Autre adresse",

  "signOut.open": "Quitter",
  "signOut.title": "Fermer la session de ce navigateur",
  "signOut.plain": "Fermer la session",
  "signOut.plainHint": "La lumière s’éteint peu après, sauf si un autre de vos appareils la maintient.",
  "signOut.unavailable": "Fermer et devenir indisponible",
  "signOut.unavailableHint": "Votre lumière s’éteint aussitôt, sur tous vos appareils.",
  "signOut.cancel": "Rester",
  "signOut.anyway": "Fermer ici quand même",
  "signOut.unreached": "Le serveur n’a pas pu être prévenu. D’ici là, cet appareil reste dans votre liste.",

  "problem.relay.malformed": "Ce n’est pas une adresse web. Elle doit ressembler à https://chat.example.com.",
  "problem.relay.insecure":
    "Sans https, d’autres pourraient lire. Le simple http ne fonctionne que sur cette machine.",
  "problem.network": "{relay} est injoignable. L’adresse est-elle juste, et la connexion active ?",
  "problem.timeout": "{relay} a mis trop de temps à répondre. Réessayez.",
  "problem.broken": "{relay} a lui-même un problème. Réessayez dans un moment.",
  "problem.notARelay":
    "À {relay}, quelque chose répond, mais ce n’est pas un serveur Porchlight. Vérifiez l’adresse.",
  "problem.codeWrong":
    "Ce code n’est pas juste. Regardez l’e-mail le plus récent, ou demandez un autre code.",
  "problem.codeExpired": "Ce code est trop ancien. Demandez-en un autre.",
  "problem.tooMany": "Trop d’essais. Attendez un peu, puis réessayez.",
  "problem.refused": "Le serveur a refusé : {message}",
  "problem.permit": "Laisser la barre joindre {relay} directement",
}
