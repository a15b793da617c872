import type { Catalogue } from "../formatter.ts"
import type { en } from "./en.ts"

export const cs: Catalogue<typeof en> = {
  title: "Hook & Ladder, kování pro staré domy",
  how: "Jak Porchlight vyzkoušet",
  what: "Smyšlený obchod",
  "what.with": "se skutečným chatem vašeho prvního webu, v dolním rohu.",
  "no-site": "Zatím tu není žádný web, a tedy ani chat.",
  "no-site.link": "Nastavte nejdřív firmu a web",
  "no-site.then": "a pak tuto stránku načtěte znovu.",
  write: "Napište.",
  "write.how": "Otevřete lampu v rohu a nechte zprávu, s adresou nebo bez ní.",
  answer: "Odpovězte.",
  "answer.link": "Otevřete aplikaci",
  "answer.how": "a přihlaste se: světlo se tu do vteřiny rozsvítí a vaše odpověď se objeví v chatu.",
  leave: "Odejděte.",
  "leave.how":
    "Nastavte si tam stav „mimo“ a světlo hned zhasne; zavřete prohlížeče a zhasne po dvou minutách, nebo po 10 sekundách, pokud jste je zvolili při nastavení. Pak napište ještě jednou.",
  read: "Přečtěte si e-mail.",
  "read.how": "Až čekání skončí, bude ze zprávy e-mail.",
  "read.link": "Podívejte se na něj do stránky s poštou",
  "read.key": "(její klíč je v odkazu, který se vypsal při spuštění)",
  shop: "Obchod",
  handles: "Kliky",
  lamps: "Lampy",
  hooks: "Háčky",
  hero: "Kování pro domy s minulostí",
  "hero.more":
    "Dveřní kování, venkovní lampy a litina, vyrobené jako v roce 1910 a odeslané do dvou dnů. Nevíte, co se hodí na vaše dveře? Zeptejte se: nejspíš jsme je už viděli.",
  handle: "Klika „Marta“",
  "handle.more": "Nelakovaná mosaz, s rozetou nebo dlouhým štítem.",
  lamp: "Lampa na verandu „Večer“",
  "lamp.more": "Smaltovaná ocel, do deště i slaného vzduchu.",
  hook: "Háček na kabáty „Otto“",
  "hook.more": "Litina, voskovaná, se šrouby se čtvercovou hlavou.",
  foot: "Hook & Ladder existuje jen tady: koupit nejde nic, zeptat se můžete na všechno.",
}
