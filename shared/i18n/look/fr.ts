import type { Catalogue } from "../formatter.ts"
import type { en } from "./en.ts"

export const fr: Catalogue<typeof en> = {
  open: "Fenêtre de chat",
  title: "Fenêtre de chat de {name}",
  color: "Couleur",
  "color.own": "Une couleur à vous",
  "color.pick": "Couleur du bouton, de l’en-tête et des commandes",
  "color.ours": "La couleur du produit",
  "color.reads": "Le texte dessus est {ink} : contraste de {ratio} pour 1.",
  "color.amber":
    "C’est proche de la couleur de la lumière : seuls les mots à côté disent alors si elle est allumée.",
  side: "Où elle se trouve",
  "side.auto": "À droite ; à gauche sur les pages écrites de droite à gauche",
  "side.right": "À droite",
  "side.left": "À gauche",
  theme: "Claire ou sombre",
  "theme.auto": "Comme le système du visiteur",
  "theme.light": "Claire",
  "theme.dark": "Sombre",
  language: "Langue",
  "language.browser": "Celle du navigateur du visiteur, sinon celle du site",
  texts: "Vos propres mots",
  "texts.hint":
    "Vides, ce sont ceux en gris. Ils valent tant que la lumière est allumée ; éteinte, la fenêtre dit que personne n’est là.",
  launcher: "Sur le bouton",
  greeting: "Premiers mots",
  rates: "Demander comment c’était",
  "rates.hint":
    "Quand une conversation est close, les visiteurs peuvent dire si elle était bonne et pourquoi. La réponse figure dans la conversation.",
  transcripts: "Conversations par e-mail",
  "transcripts.hint":
    "Les visiteurs peuvent recevoir leur conversation à l’adresse qu’ils ont laissée, dès que quelqu’un a répondu.",
  "tag-wins":
    "La ligne d’une page peut indiquer une autre langue ou un autre thème (data-lang, data-theme) ; elle l’emporte.",
  preview: "Aperçu",
  "preview.question": "Avez-vous cette lampe en laiton ?",
  "preview.answer": "Oui, il en reste trois.",
  "preview.off": "Lumière éteinte",
  "preview.dark": "Sombre",
  "preview.hint": "Les pages chargées à partir de maintenant la montrent ainsi.",
  "identity.title": "Noms donnés par vos pages",
  "identity.lead":
    "Vos pages peuvent dire qui est un visiteur (porchlight.identify). L’équipe voit que c’est une page qui le dit. Ce que votre serveur a signé avec cette clé est montré comme signé.",
  "identity.none": "Il n’y a pas encore de clé.",
  "identity.has": "Il y a une clé.",
  "identity.make": "Créer une clé",
  "identity.anew": "Créer une autre clé",
  "identity.once": "Copiez-la maintenant sur votre serveur : elle ne sera plus montrée.",
  "identity.ask":
    "La clé actuelle cesse aussitôt de valoir : ce que votre serveur signe avec elle est refusé.",
  "ink.black": "noir",
  "ink.white": "blanc",
}
