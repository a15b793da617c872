import type { Catalogue } from "../formatter.ts"
import type { en } from "./en.ts"

export const fr: Catalogue<typeof en> = {
  "canned.title": "Réponses types",
  "canned.insert": "Insérer une réponse type",
  "canned.hint": "Tapez / dans une réponse pour en insérer une. {visitor} et {agent} sont les deux noms.",
  "canned.none": "Il n’y en a pas encore.",
  "canned.shared": "à tous",
  "canned.own": "à vous",
  "canned.add": "Ajouter une réponse",
  "canned.name": "Nom",
  "canned.text": "Texte",
  "canned.for-all": "Pour tout le monde dans le compte",
  "canned.save": "Enregistrer",
  "canned.edit": "Modifier",
  "canned.edit.of": "Modifier : {name}",
  "canned.remove": "Supprimer",
  "canned.remove.of": "Supprimer : {name}",
}
