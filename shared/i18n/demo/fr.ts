import type { Catalogue } from "../formatter.ts"
import type { en } from "./en.ts"

export const fr: Catalogue<typeof en> = {
  title: "Hook & Ladder, quincaillerie pour vieilles maisons",
  how: "Comment essayer Porchlight",
  what: "Une boutique imaginaire",
  "what.with": "avec le vrai chat de votre premier site, dans le coin inférieur.",
  "no-site": "Il n’y a pas encore de site, donc pas de chat non plus.",
  "no-site.link": "Configurez d’abord l’entreprise et le site",
  "no-site.then": "puis rechargez cette page.",
  write: "Écrivez.",
  "write.how": "Ouvrez la lampe dans le coin et laissez un message, avec ou sans adresse.",
  answer: "Répondez.",
  "answer.link": "Ouvrez l’espace de travail",
  "answer.how":
    "et connectez-vous : la lumière s’allume ici en une seconde, et votre réponse apparaît dans le chat.",
  leave: "Partez.",
  "leave.how":
    "Passez-y en indisponible et la lumière s’éteint aussitôt ; fermez vos navigateurs et elle s’éteint après deux minutes, ou après les 10 secondes choisies à la configuration. Puis écrivez encore une fois.",
  read: "Lisez l’e-mail.",
  "read.how": "Quand l’attente est finie, le message devient un e-mail.",
  "read.link": "Regardez-le sur la page du courrier",
  "read.key": "(sa clé est dans le lien affiché au démarrage)",
  shop: "Boutique",
  handles: "Poignées",
  lamps: "Lampes",
  hooks: "Patères",
  hero: "De la quincaillerie pour maisons qui ont un passé",
  "hero.more":
    "Garnitures de porte, lampes d’extérieur et fonte, fabriquées comme en 1910 et expédiées sous deux jours. Vous ne savez pas ce qui convient à votre porte ? Demandez-nous : nous l’avons sans doute déjà vue.",
  handle: "Béquille « Marta »",
  "handle.more": "Laiton non verni, sur rosace ou plaque longue.",
  lamp: "Lampe de porche « Soir »",
  "lamp.more": "Acier émaillé, pour la pluie et l’air salin.",
  hook: "Patère « Otto »",
  "hook.more": "Fonte cirée, avec vis à tête carrée.",
  foot: "Hook & Ladder n’existe qu’ici : on ne peut rien y acheter, mais tout y demander.",
}
