import type { Catalogue } from "../formatter.ts"
import type { en } from "./en.ts"

export const fr: Catalogue<typeof en> = {
  title: "Est-elle en place ?",
  page: "Page à examiner",
  look: "Regarder",
  looking: "Examen …",
  hello: "Le chat a été chargé sur {origin} : {when}",
  "hello.unlisted": "Un chat a voulu s’afficher sur {origin}, qui n’est pas dans la liste : {when}",
  "hello.none": "Aucune page n’a encore chargé ce chat.",
  now: "à l’instant",
  found: "La balise est sur {page}, et rien ne la gêne.",
  missing:
    "Il n’y a pas de balise dans {page}. Copiez-y la ligne ci-dessus. Si un gestionnaire de balises l’ajoute, chargez la page dans un navigateur : elle apparaît ci-dessous dès son chargement.",
  "other-key": "La balise de {page} est celle d’un autre site : {value}. Copiez la ligne de celui-ci.",
  "other-relay":
    "La balise de {page} charge le chat depuis {value}, pas d’ici. Copiez à nouveau la ligne ci-dessus.",
  "origin-not-listed": "{value} ne peut pas afficher ce chat : ajoutez-le aux adresses du site.",
  "csp-script": "La Content-Security-Policy de la page interdit le script. Ajoutez {relay} à {value}.",
  "csp-frame": "La Content-Security-Policy de la page interdit le cadre. Ajoutez {relay} à {value}.",
  "not-a-page": "{page} répond, mais pas par une page : {value}",
  unreachable: "{page} n’a pas pu être atteinte : {value}",
  "why.private":
    "elle est dans un réseau privé, où le relais ne regarde pas. Chargez la page dans un navigateur : cela se voit ci-dessous.",
  "why.unknown": "le DNS ne connaît pas ce nom.",
  "why.form": "ce n’est pas l’adresse d’une page.",
  "why.timeout": "rien n’est arrivé en 10 secondes.",
}
