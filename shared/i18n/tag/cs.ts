import type { Catalogue } from "../formatter.ts"
import type { en } from "./en.ts"

export const cs: Catalogue<typeof en> = {
  title: "Je tam?",
  page: "Stránka k prohlédnutí",
  look: "Podívat se",
  looking: "Kontroluje se …",
  hello: "Chat se načetl na {origin}: {when}",
  "hello.unlisted": "Chat se měl zobrazit na {origin}, který není povolen: {when}",
  "hello.none": "Tento chat zatím nenačetla žádná stránka.",
  now: "právě teď",
  found: "Na stránce {page} je kód a nic mu nebrání.",
  missing:
    "Na stránce {page} není žádný kód. Vložte do ní řádek nahoře. Pokud jej přidává správce značek, načtěte stránku v prohlížeči: níže se ukáže hned po načtení.",
  "other-key": "Kód na stránce {page} patří jinému webu: {value}. Zkopírujte řádek tohoto webu.",
  "other-relay": "Kód na stránce {page} načítá chat z {value}, ne odsud. Zkopírujte řádek nahoře znovu.",
  "origin-not-listed": "{value} nesmí tento chat zobrazit: přidejte jej k adresám webu.",
  "csp-script": "Content-Security-Policy stránky skript zakazuje. Přidejte {relay} do {value}.",
  "csp-frame": "Content-Security-Policy stránky zakazuje rám. Přidejte {relay} do {value}.",
  "not-a-page": "{page} odpovídá, ale ne stránkou: {value}",
  unreachable: "Na {page} se nepodařilo dostat: {value}",
  "why.private": "je v soukromé síti, kam se server nedívá. Načtěte stránku v prohlížeči: ukáže se níže.",
  "why.unknown": "DNS takové jméno nezná.",
  "why.form": "není to adresa stránky.",
  "why.timeout": "do 10 sekund nic nepřišlo.",
}
