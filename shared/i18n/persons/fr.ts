import type { Catalogue } from "../formatter.ts"
import type { en } from "./en.ts"

export const fr: Catalogue<typeof en> = {
  title: "Données personnelles",
  lead: "Quand quelqu’un demande ce que vous avez sur lui, ou veut que cela disparaisse.",
  "visitor.title": "Un visiteur",
  visitor: "Adresse e-mail ou identifiant",
  "visitor.hint":
    "Une adresse laissée, ou d’où elle a écrit. L’identifiant (vi_…) figure dans la conversation.",
  "agent.title": "Un agent",
  agent: "Agent",
  "agent.choose": "Choisir …",
  find: "Chercher",
  finding: "Recherche …",
  nothing: "Rien n’est enregistré sur {whose}.",
  "found.visitor": "{name}, sur {site} depuis {when}",
  "no-name": "Sans nom",
  addresses: "Adresses",
  conversations: "Conversations",
  messages: "Messages",
  mails: "E-mails",
  attachments: "Pièces jointes",
  export: "Tout télécharger",
  "export.hint":
    "Un zip avec chaque conversation en texte et JSON, les pièces jointes et les e-mails originaux.",
  erase: "Effacer …",
  "erase.title.visitor": "Effacer tout cela définitivement ?",
  "erase.what.visitor":
    "{conversations, plural, one {# conversation disparaît} many {# de conversations disparaissent} other {# conversations disparaissent}}, avec tous les messages, pièces jointes, e-mails et décisions, ainsi que ce qui attend dans la file. Aucun retour possible. Les webhooks sont prévenus. Les sauvegardes antérieures le contiennent encore.",
  "erase.title.agent": "Effacer {name} ?",
  "erase.what.agent":
    "Cette personne quitte l’équipe, son nom et ses adresses disparaissent partout. Ce qu’elle a écrit reste, par « un ancien agent ». Aucun retour possible.",
  "erase.sure": "Tapez {word} pour continuer",
  "erase.word": "effacer",
  "erase.go": "Effacer définitivement",
  erased: "Effacé. Le journal des modifications dit que c’est fait, pas de qui il s’agissait.",
  "erased.later":
    "Les lignes ont disparu. Le fichier est volumineux : la personne qui gère le relais peut lancer « porchlight erase leftovers » pour qu’il n’en reste aucun octet.",
  "erased.copies":
    "{count, plural, one {# copie d’avant une mise à jour les contient encore} many {# de copies d’avant des mises à jour les contiennent encore} other {# copies d’avant des mises à jour les contiennent encore}}, dans le dossier du relais : la personne qui le gère peut les supprimer.",
  "account.title": "Tout le compte",
  "account.what":
    "Chaque ligne de chaque table en JSON, sans mots de passe, jetons ni clés. Pour les gros comptes, « porchlight export account » est plus rapide.",
  "account.export": "Télécharger le compte",
  preparing: "Préparation …",
}
