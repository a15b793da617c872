import type { Catalogue } from "../formatter.ts"
import type { en } from "./en.ts"

export const fr: Catalogue<typeof en> = {
  title: "Laisser passer le courrier de {domain}",
  lead: "Pour les personnes qui gèrent le serveur de messagerie d’une entreprise. On y répond aux visiteurs du site avec Porchlight, et {domain} envoie par e-mail ce que les visiteurs ont écrit. Si ces messages sont refusés ou classés indésirables, voici ce qu’il faut régler.",
  reading: "Chargement …",
  failed: "Cette page n’a pas pu être chargée. Veuillez réessayer.",
  copy: "Copier",
  copied: "Copié",
  print: "Imprimer cette page",
  language: "Langue",
  capture: "Pour l’instant, rien ne sort de ce relais : aucune sortie n’a encore été réglée.",

  "facts.title": "À quoi reconnaître ces messages",
  "facts.from": "From",
  "facts.from.value": "r-…@{domain}, avec le nom du visiteur et du site ; aussi postmaster@{domain}",
  "facts.envelope": "Expéditeur d’enveloppe",
  "facts.envelope.value": "b-…@{domain}",
  "facts.dkim": "Signés (DKIM)",
  "facts.dkim.value": "d={domain}, sélecteurs {selectors} ; sur tout message que le relais écrit",
  "facts.arc": "Scellés (ARC)",
  "facts.arc.value": "d={domain}, sur tout message qu’il transmet",
  "facts.host": "Se présente comme (EHLO)",
  "facts.addresses": "Viennent de",
  "facts.addresses.unknown":
    "adresses inconnues ; demandez à la personne qui le gère, ou voyez votre journal de messagerie",
  "facts.smarthost": "Sortent par",

  "kinds.title": "Ce qui arrive",
  "kinds.notice":
    "Des notifications à vos collègues : ce qu’un visiteur a écrit alors qu’il n’y avait personne. À une personne chacune, ou à une boîte commune ; jamais de listes, jamais de publicité.",
  "kinds.forward":
    "Des messages adressés à des noms de {domain}, transmis : From, texte et signature de l’expéditeur restent tels quels, seul l’expéditeur d’enveloppe est celui du relais. SPF échoue donc pour le domaine de l’expéditeur ; sa signature DKIM tient, et le sceau ARC dit ce que le relais a constaté. Si le domaine d’un expéditeur ne s’appuie que sur SPF, From devient le nom chez {domain} et Reply-To l’expéditeur.",
  "kinds.automatic":
    "Les notifications portent Auto-Submitted et se désactivent en un clic. Les rapports disant qu’un message transmis n’a pas pu être remis vont à son expéditeur, avec un expéditeur d’enveloppe vide.",

  "rule.title": "La règle pour tous les serveurs",
  rule: "Laissez passer {domain} si DKIM est valable pour {domain}, et faites confiance à ses sceaux ARC. Une adresse IP seule en dit moins : ne l’utilisez que pour le greylisting et les listes de blocage.",

  "m365.title": "Microsoft 365",
  "m365.arc":
    "D’abord le sceau, pour que les messages transmis soient jugés d’après ce que le relais a constaté. Set-ArcConfig remplace toute la liste ; ces lignes gardent ce qui s’y trouve :",
  "m365.rule": "Puis une règle pour ce qui a passé DMARC, ce que nul autre message ne peut :",
  "m365.filter": "Seulement si des connexions sont refusées à cause de l’adresse :",
  "google.title": "Google Workspace",
  "google.how":
    "Console d’administration : Applications › Google Workspace › Gmail › Spam, hameçonnage et logiciels malveillants › Spam. Ajoutez une règle qui contourne les filtres antispam pour une liste d’expéditeurs approuvés, et laissez « Exiger l’authentification de l’expéditeur » activé. Dans la liste va le domaine ; les adresses ne vont dans la « liste d’autorisation » que si des connexions sont refusées. Les sceaux ARC y comptent d’eux-mêmes.",
  "exchange.title": "Exchange sur votre serveur",
  "exchange.domain": "Le filtre de contenu, sur le serveur qui a les agents antispam :",
  "exchange.addresses": "Et si des connexions sont refusées à cause de l’adresse :",
  "postfix.title": "Postfix",
  "postfix.table": "Adresses dispensées des listes de blocage et de postscreen :",
  "postfix.main":
    "Après reject_unauth_destination, pour que personne ne relaie par vous, et avant vos listes de blocage :",
  "postfix.grey": "Avec postgrey, pour que les notifications n’attendent pas :",
  "exim.title": "Exim",
  "exim.how": "Dans acl_check_rcpt, avant les instructions sur les listes de blocage et le greylisting :",
  "rspamd.title": "Rspamd",
  "rspamd.arc":
    "Un sceau de confiance rattrape l’échec de DMARC sur les messages transmis (adjust_dmarc, activé d’office). S’il y a déjà une liste, complétez-la :",
  "rspamd.dkim": "Et ce que le relais a signé lui-même :",
  "spamassassin.title": "SpamAssassin",
  "spamassassin.dkim":
    "Ce que le relais a signé ; à partir de 4.0.3, ses sceaux aussi. Avant la version 4, cela s’appelle whitelist_from_dkim.",
  "spamassassin.networks":
    "Pour que les messages transmis soient jugés d’après le serveur qui précède le relais, et non d’après l’adresse du relais :",

  "help.title": "S’ils sont encore refusés",
  help: "À côté du message, Porchlight donne la réponse de votre serveur mot pour mot, avec l’heure et le Message-ID : le reste est dans votre journal. La personne qui gère le relais lit postmaster@{domain}.",
}
