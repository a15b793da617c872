import type { Language } from "../../shared/words/nouns.ts"

/** What the pictures for the stores say, in each language: the caption above, and who is in them. */
export interface SceneWords {
  /** Captions of the pictures, in the order in which they are taken. */
  captions: { popup: string; desk: string; off: string }
  group: string
  /** Oldest first. `name` is null for who did not say theirs. */
  visitors: { name: string | null; text: string }[]
  /** To the first of them. */
  answer: string
}

export const SCENE_WORDS: Record<Language, SceneWords> = {
  en: {
    captions: {
      popup: "One click in your toolbar, and every site shows it",
      desk: "Answer at the side, in a tab, or from your mail program",
      off: "Nobody in? Every message reaches you by mail, and you see why",
    },
    group: "Returns",
    visitors: [
      { name: "Vera", text: "Does the lamp “Evening” stand salt air? We are right by the sea." },
      { name: null, text: "Do you deliver to Brno?" },
      { name: "Jonas Weber", text: "My order 4711 came without the shade." },
    ],
    answer: "It does: it is galvanized under the enamel, and made for the coast.",
  },
  cs: {
    captions: {
      popup: "Jedno kliknutí na liště a vidí to každý web",
      desk: "Odpovídejte po straně, v kartě nebo z pošty",
      off: "Nikdo tu není? Každá zpráva přijde e-mailem a víte proč",
    },
    group: "Reklamace",
    visitors: [
      { name: "Věra", text: "Vydrží lampa „Večer“ slaný vzduch? Bydlíme hned u moře." },
      { name: null, text: "Doručujete do Brna?" },
      { name: "Jonáš Weber", text: "Objednávka 4711 přišla bez stínidla." },
    ],
    answer: "Vydrží: pod smaltem je pozinkovaná, je dělaná na pobřeží.",
  },
  de: {
    captions: {
      popup: "Ein Klick in der Symbolleiste, und jede Website zeigt es",
      desk: "Antworten Sie an der Seite, im Tab oder aus dem Mailprogramm",
      off: "Niemand da? Jede Nachricht kommt per E-Mail, und Sie sehen warum",
    },
    group: "Rücksendungen",
    visitors: [
      { name: "Vera", text: "Verträgt die Lampe „Abend“ Salzluft? Wir wohnen direkt am Meer." },
      { name: null, text: "Liefern Sie nach Brünn?" },
      { name: "Jonas Weber", text: "Meine Bestellung 4711 kam ohne Lampenschirm." },
    ],
    answer: "Ja: Unter dem Email ist sie verzinkt und für die Küste gemacht.",
  },
  es: {
    captions: {
      popup: "Un clic en la barra, y todos los sitios lo muestran",
      desk: "Responda al lado, en una pestaña o desde su correo",
      off: "¿No hay nadie? Cada mensaje le llega por correo, y ve por qué",
    },
    group: "Devoluciones",
    visitors: [
      { name: "Vera", text: "¿La lámpara «Tarde» aguanta el aire salado? Vivimos junto al mar." },
      { name: null, text: "¿Envían a Brno?" },
      { name: "Jonas Weber", text: "Mi pedido 4711 llegó sin la pantalla." },
    ],
    answer: "Sí: bajo el esmalte está galvanizada; está hecha para la costa.",
  },
  fr: {
    captions: {
      popup: "Un clic dans la barre d’outils, et chaque site le montre",
      desk: "Répondez sur le côté, dans un onglet ou depuis votre messagerie",
      off: "Personne ? Chaque message vous parvient par e-mail, et vous savez pourquoi",
    },
    group: "Retours",
    visitors: [
      {
        name: "Vera",
        text: "La lampe « Soir » supporte-t-elle l’air salin ? Nous habitons au bord de la mer.",
      },
      { name: null, text: "Livrez-vous à Brno ?" },
      { name: "Jonas Weber", text: "Ma commande 4711 est arrivée sans l’abat-jour." },
    ],
    answer: "Oui : sous l’émail, elle est galvanisée, faite pour la côte.",
  },
}
