/** What people, places and things are called in a town: as usual, or as long as the relay takes it. */
export interface Names {
  company: string
  anna: string
  ben: string
  chloe: string
  dan: string
  sales: string
  returns: string
  shop: string
  blog: string
  vera: string
  veraAddress: string
  jana: string
  pageUrl: string
  pageTitle: string
  question: string
  subject: string
  file: string
}

export const USUAL: Names = {
  company: "Lamplight & Co",
  anna: "Anna Novotná",
  ben: "Ben Carter",
  chloe: "Chloé Dubois",
  dan: "Dan Weber",
  sales: "Sales",
  returns: "Returns and repairs",
  shop: "Lamplight shop",
  blog: "The lamp blog",
  vera: "Vera Lind",
  veraAddress: "vera@visitor.example",
  jana: "Jana Nováková",
  pageUrl: "https://lamplight.example/lamps/evening",
  pageTitle: "Lamp “Evening” – Lamplight",
  question: "Does the lamp “Evening” stand salt air? We are right by the sea.",
  subject: "Lamps for a school (three floors)",
  file: "floor-plan.pdf",
}

/** A name is at most 80 characters; a word without a gap is what breaks layouts, so some are one word. */
const WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"

export const LONG: Names = {
  company: WORD,
  anna: "Annamária Wolfeschlegelsteinhausenbergerdorff-Nejneobhospodařovávatelnější-Černá",
  ben: "Bartholomäus".repeat(6),
  chloe: "Nejneobhospodařovávatelnějšíma Nejzdevětadevadesáteronásobitelnějších Příčestích",
  dan: "W".repeat(80),
  sales: "Grundstücksverkehrsgenehmigungszuständigkeitsübertragungsverordnungsabteilung",
  returns: "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz und Rücksendungen",
  shop: `${WORD.slice(0, 70)}.example`,
  blog: "Nejneobhospodařovávatelnějšími tématy se zabývající blog o lampách a lucernách",
  vera: "Hubert Blaine Wolfeschlegelsteinhausenbergerdorffwelchevoralternwarengewissenhaf",
  veraAddress: `${"v".repeat(60)}.${"e".repeat(3)}@${"sub.".repeat(12)}visitor.example`,
  jana: "Nejkulaťoulinkatějšíma Nejneobhospodařovávatelnějšími Nováková-Dvořáková-Svobodo",
  pageUrl: `https://lamplight.example/${"lampen-und-laternen/".repeat(12)}?${"utm_source=x&".repeat(10)}`,
  pageTitle: `${WORD} – ${"Straßenbeleuchtungsanlagen ".repeat(4)}`,
  question: `${"Straßenbeleuchtungsanlagenwartungsvertrag".repeat(6)}\n\nhttps://lamplight.example/${"a".repeat(180)}`,
  subject: `Re: AW: Fwd: ${WORD}${WORD}`,
  file: `${"Straßenbeleuchtungsanlagenwartungsvertragsentwurf".repeat(4)}.pdf`,
}
LONG.returns = LONG.returns.slice(0, 80)
LONG.shop = LONG.shop.slice(0, 80)
