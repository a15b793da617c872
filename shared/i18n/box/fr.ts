import type { Catalogue } from "../formatter.ts"
import type { en } from "./en.ts"

export const fr: Catalogue<typeof en> = {
  title: "Discussion avec {site}",
  close: "Fermer la discussion",
  messages: "Messages",
  "launcher.on": "Écrivez-nous",
  "launcher.off": "Laissez un message",
  "launcher.unread":
    "{count, plural, one {# nouveau message} many {# nouveaux messages} other {# nouveaux messages}}",
  "light.on": "Quelqu'un est là pour vous",
  "light.off": "Personne n'est là pour l'instant",
  "light.unknown": "Connexion…",
  "hello.on": "Bonjour ! Que souhaitez-vous savoir ?",
  "hello.off":
    "Écrivez-nous quand même : votre message est conservé et nous répondrons dès que quelqu'un sera là.",
  "contact.label": "Votre adresse e-mail pour notre réponse",
  "contact.hint": "Facultatif. Sans elle, vous trouverez notre réponse ici.",
  "contact.save": "Enregistrer",
  "contact.saved": "Si vous n'êtes plus là, notre réponse ira à {address}.",
  "contact.change": "Modifier",
  "contact.wrong": "Cela ne ressemble pas à une adresse e-mail, comme nom@example.com.",
  "write.label": "Votre message",
  "write.placeholder": "Écrivez un message…",
  "write.send": "Envoyer",
  "message.you": "Vous",
  "message.team": "Équipe",
  "message.automatic": "Réponse automatique",
  "message.sending": "Envoi…",
  "message.waiting": "En attente de la connexion…",
  "message.failed": "Non envoyé.",
  "message.too-many": "Non envoyé : trop de messages à la fois. Patientez un instant.",
  "message.retry": "Réessayer",
  "message.discard": "Supprimer",
  "connection.lost": "Pas de connexion. Nouvel essai…",
}
