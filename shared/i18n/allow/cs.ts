import type { Catalogue } from "../formatter.ts"
import type { en } from "./en.ts"

export const cs: Catalogue<typeof en> = {
  title: "Jak propustit poštu z {domain}",
  lead: "Pro správce poštovního serveru ve firmě. Lidé v ní odpovídají návštěvníkům svého webu pomocí Porchlight a {domain} jim posílá poštou, co návštěvníci napsali. Pokud je taková pošta odmítána nebo končí ve spamu, je třeba nastavit toto.",
  reading: "Načítá se …",
  failed: "Stránku se nepodařilo načíst. Zkuste to prosím znovu.",
  copy: "Kopírovat",
  copied: "Zkopírováno",
  print: "Vytisknout stránku",
  language: "Jazyk",
  capture: "Zatím odsud nic neodchází: provozovatel ještě nenastavil cestu ven.",

  "facts.title": "Podle čeho tuto poštu poznáte",
  "facts.from": "From",
  "facts.from.value": "r-…@{domain}, se jménem návštěvníka a webu; také postmaster@{domain}",
  "facts.envelope": "Obálkový odesílatel",
  "facts.envelope.value": "b-…@{domain}",
  "facts.dkim": "Podepsáno (DKIM)",
  "facts.dkim.value": "d={domain}, selektory {selectors}; na každé zprávě, kterou server sám píše",
  "facts.arc": "Zapečetěno (ARC)",
  "facts.arc.value": "d={domain}, na každé zprávě, kterou přeposílá",
  "facts.host": "Jak se představuje (EHLO)",
  "facts.addresses": "Odkud přichází",
  "facts.addresses.unknown": "adresy nejsou známy; zná je provozovatel, nebo váš záznam o poště",
  "facts.smarthost": "Odchází přes",

  "kinds.title": "Co přichází",
  "kinds.notice":
    "Upozornění vašim kolegům: co návštěvník napsal, když nikdo nebyl přítomen. Vždy jedné osobě nebo do jedné společné schránky; nikdy hromadně, nikdy reklama.",
  "kinds.forward":
    "Přeposlaná pošta pro jména na {domain}: From, text i podpis odesílatele zůstávají, jen obálkový odesílatel je zdejší. SPF pro doménu odesílatele proto neprojde; jeho podpis DKIM platí dál a pečeť ARC říká, co zde bylo zjištěno. Spoléhá-li doména odesílatele jen na SPF, je ve From jméno na {domain} a v Reply-To odesílatel.",
  "kinds.automatic":
    "Upozornění nesou Auto-Submitted a lze je vypnout jedním kliknutím. Hlášení, že přeposlanou zprávu nelze doručit, jdou jejímu odesílateli s prázdným obálkovým odesílatelem.",

  "rule.title": "Pravidlo pro všechny servery",
  rule: "Propusťte {domain}, pokud projde DKIM pro {domain}, a důvěřujte jejím pečetím ARC. Samotná adresa IP říká méně: použijte ji jen pro greylisting a seznamy blokovaných.",

  "m365.title": "Microsoft 365",
  "m365.arc":
    "Nejdříve pečeť, aby se přeposlaná pošta posuzovala podle toho, co zde bylo zjištěno. Set-ArcConfig nahradí celý seznam; tyto řádky zachovají, co v něm je:",
  "m365.rule": "Potom pravidlo pro to, co prošlo DMARC; cizí pošta to nedokáže:",
  "m365.filter": "Jen pokud jsou kvůli adrese odmítána spojení:",
  "google.title": "Google Workspace",
  "google.how":
    "Administrátorská konzole: Aplikace › Google Workspace › Gmail › Spam, phishing a malware › Spam. Přidejte pravidlo, které pro seznam schválených odesílatelů obejde filtry spamu, a nechte zapnuté „Vyžadovat ověření odesílatele“. Do seznamu patří doména; adresy dejte na „seznam povolených“ jen tehdy, jsou-li odmítána spojení. Pečeti ARC tam platí samy od sebe.",
  "exchange.title": "Exchange na vlastním serveru",
  "exchange.domain": "Filtr obsahu, na serveru s antispamovými agenty:",
  "exchange.addresses": "A pokud jsou kvůli adrese odmítána spojení:",
  "postfix.title": "Postfix",
  "postfix.table": "Adresy, které nemusejí projít seznamy blokovaných a postscreenem:",
  "postfix.main":
    "Za reject_unauth_destination, aby přes vás nikdo nepřeposílal, a před vašimi seznamy blokovaných:",
  "postfix.grey": "S postgrey, aby upozornění nečekala:",
  "exim.title": "Exim",
  "exim.how": "V acl_check_rcpt před příkazy pro seznamy blokovaných a greylisting:",
  "rspamd.title": "Rspamd",
  "rspamd.arc":
    "Důvěryhodná pečeť napraví, když u přeposlané pošty neprojde DMARC (adjust_dmarc, běžně zapnuto). Pokud seznam už máte, přidejte do něj:",
  "rspamd.dkim": "A co server sám podepsal:",
  "spamassassin.title": "SpamAssassin",
  "spamassassin.dkim":
    "Co server podepsal; od verze 4.0.3 i jeho pečeti. Před verzí 4 se to jmenuje whitelist_from_dkim.",
  "spamassassin.networks":
    "Aby se přeposlaná pošta posuzovala podle serveru před tím zdejším, a ne podle zdejší adresy:",

  "help.title": "Pokud je pošta dál odmítána",
  help: "U zprávy v Porchlight stojí odpověď vašeho serveru doslova, s časem a Message-ID: zbytek je ve vašem záznamu. Provozovatel čte postmaster@{domain}.",
}
