import type { Catalogue } from "../formatter.ts"
import type { en } from "./en.ts"

export const cs: Catalogue<typeof en> = {
  title: "Údaje osob",
  lead: "Když se někdo zeptá, co o něm máte, nebo chce, aby to zmizelo.",
  "visitor.title": "Návštěvník",
  visitor: "E-mailová adresa nebo id",
  "visitor.hint": "Adresa, kterou zanechal nebo ze které psal. Id (vi_…) je v konverzaci.",
  "agent.title": "Člen týmu",
  agent: "Člen týmu",
  "agent.choose": "Vyberte …",
  find: "Vyhledat",
  finding: "Hledá se …",
  nothing: "O {whose} není nic uloženo.",
  "found.visitor": "{name}, na webu {site} od {when}",
  "no-name": "Beze jména",
  addresses: "Adresy",
  conversations: "Konverzace",
  messages: "Zprávy",
  mails: "E-maily",
  attachments: "Přílohy",
  export: "Stáhnout vše",
  "export.hint": "Zip s každou konverzací jako text a JSON, s přílohami a původními e-maily.",
  erase: "Vymazat …",
  "erase.title.visitor": "Vymazat to vše natrvalo?",
  "erase.what.visitor":
    "{conversations, plural, one {Zmizí # konverzace} few {Zmizí # konverzace} many {Zmizí # konverzace} other {Zmizí # konverzací}} se všemi zprávami, přílohami, e-maily a rozhodnutími i to, co čeká ve frontě. Není cesty zpět. Webhooky se to dozví. Dřívější zálohy to stále obsahují.",
  "erase.title.agent": "Vymazat: {name}?",
  "erase.what.agent":
    "Odejde z týmu a jméno i adresy všude zmizí. Co napsal, zůstane pod „bývalým členem týmu“. Není cesty zpět.",
  "erase.sure": "Pro pokračování napište {word}",
  "erase.word": "vymazat",
  "erase.go": "Vymazat natrvalo",
  erased: "Vymazáno. Záznam změn říká, že se to stalo, ne čí údaje to byly.",
  "erased.later":
    "Záznamy zmizely. Soubor úložiště je velký: provozovatel může spustit „porchlight erase leftovers“, aby v něm nezůstaly ani bajty.",
  "erased.copies":
    "{count, plural, one {# kopie z doby před aktualizací je stále obsahuje} few {# kopie z doby před aktualizacemi je stále obsahují} many {# kopie z doby před aktualizacemi je stále obsahuje} other {# kopií z doby před aktualizacemi je stále obsahuje}}, ve složce serveru: provozovatel je může odstranit.",
  "account.title": "Celý účet",
  "account.what":
    "Každý řádek každé tabulky jako řádky JSON; bez hesel, tokenů a klíčů. U velkých účtů je rychlejší „porchlight export account“.",
  "account.export": "Stáhnout účet",
  preparing: "Připravuje se …",
}
