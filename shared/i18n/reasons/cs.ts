import type { Catalogue } from "../formatter.ts"
import type { en } from "./en.ts"

export const cs: Catalogue<typeof en> = {
  "a-device": "neznámé zařízení",
  "a-phone": "neznámý telefon",
  "kind.offline": "upozornění při nepřítomnosti",
  "kind.missed": "zmeškaná konverzace",
  quoted: "„{answer}“.",
  waiting: "Čeká se: pokud ji dříve nikdo neotevře, odejde e-mailem v {due}.",
  "waiting.todo": "Otevřete konverzaci a e-mail nebude potřeba.",
  "present-on-device": "Zpráva přišla ve chvíli, kdy se používalo vaše zařízení: {device} (naposledy {at}).",
  "present-on-device.phone":
    "Zpráva přišla ve chvíli, kdy se používal váš telefon: {device} (naposledy {at}).",
  "present-on-device.todo": "Nikdo u něj neseděl? Odhlaste ho, nebo se při odchodu přepněte na „mimo“.",
  "back-online":
    "Už {seconds, plural, one {# sekundu} few {# sekundy} many {# sekundy} other {# sekund}} po ní jste zpět (zařízení: {device}), dřív než měl e-mail odejít.",
  "back-online.minutes":
    "Už {minutes, plural, one {# minutu} few {# minuty} many {# minuty} other {# minut}} po ní jste zpět (zařízení: {device}), dřív než měl e-mail odejít.",
  "back-online.todo": "Čeká na vás v aplikaci: otevřete ji tam.",
  "colleague-online": "V tu chvíli {count, plural, one {může} other {mohou}} odpovědět {who}.",
  "colleague-online.group":
    "V tu chvíli {count, plural, one {může} other {mohou}} ve skupině {group} odpovědět {who}.",
  "colleague-online.todo": "Pokud se jí nikdo neujme, otevřete ji v aplikaci.",
  opened: "{who} má zprávu otevřenou ({at}).",
  "opened.you": "Zprávu máte otevřenou vy ({at}).",
  "opened.todo": "Domluvte se ({who}), nebo konverzaci otevřete a převezměte.",
  joined: "{who} má konverzaci na starosti (od {at}).",
  "joined.you": "Konverzaci máte na starosti vy (od {at}).",
  "joined.todo": "Není třeba nic dělat, dokud ji má na starosti {who}.",
  "notifications-off.agent": "Vaše vlastní upozornění jsou vypnutá od {since}.",
  "notifications-off.agent.missed": "Vaše vlastní upozornění na zmeškané konverzace jsou vypnutá od {since}.",
  "notifications-off.agent.todo": "Zapněte si je v profilu a příští e-mail už dostanete.",
  "notifications-off.account": "Upozornění jsou vypnutá pro celý účet od {since}.",
  "notifications-off.account.missed":
    "Upozornění na zmeškané konverzace jsou vypnutá pro celý účet od {since}.",
  "notifications-off.account.todo": "Požádejte správce, ať je zapne v nastavení účtu.",
  "sent-to": "E-mail o ní byl zařazen k odeslání na {address} ({at}).",
  "sent-to.todo": "Podívejte se do té schránky. Není-li to ta správná, změňte adresu v aplikaci.",
  "sent-to.todo.inbox": "Podívejte se do té schránky. Není-li to ta správná, může ji správce změnit.",
  "route.several": "Je to jeden společný e-mail; určen je: {names}.",
  "route.destination": "Nastavení té adresy: {by} ({at}).",
  "route.redirect": "Míří tam kvůli přesměrování; nastavení: {by} ({at}).",
  "route.redirect.plain": "Míří tam kvůli přesměrování.",
  "route.inbox": "Je to společná schránka; nastavení: {by} ({at}).",
  "route.inbox.plain": "Je to společná schránka.",
  "route.fallback":
    "Je to náhradní adresa, nastavil(a) ji {by} ({at}): e-maily na obvyklou adresu stále nedocházejí.",
  "route.fallback.plain": "Je to náhradní adresa: e-maily na obvyklou adresu stále nedocházejí.",
  delivered: "Server {server} e-mail pro {address} převzal ({at}) a odpověděl: {answer}",
  "delivered.todo":
    "Není v doručené poště? Hledejte ve všech složkách odesílatele „{sender}“ nebo předmět „{subject}“.",
  "delivered.todo.plain": "Není v doručené poště? Hledejte ve všech složkách.",
  "find.google":
    "V Gmailu napište před hledaná slova „in:anywhere“: prohledá se i spam. Je-li tam, označte, že to spam není.",
  "find.microsoft":
    "V Outlooku se podívejte i do nevyžádané pošty. Je-li tam, označte, že nevyžádaná není; z karantény ji může pustit správce.",
  "find.other": "Podívejte se i do spamu a označte jej jako vyžádaný.",
  "delivered.admin":
    "Není-li nikde, předejte správci pošty text níže: podle něj e-mail najde v záznamech serveru.",
  captured:
    "E-mail pro {address} zůstal na stránce s poštou tohoto serveru ({at}): žádná pošta neodchází ven.",
  "captured.todo": "Přečtěte si ho tam; odesílání zapne provozovatel nastavením PORCHLIGHT_OUTBOUND.",
  deferred: "Na {address} zatím nedoručeno; server odpověděl: {answer}",
  "deferred.greylisted":
    "Na {address} zatím nedoručeno: server chce, aby neznámí odesílatelé přišli znovu (greylisting); odpověděl: {answer}",
  "deferred.rate-limited":
    "Na {address} zatím nedoručeno: server teď další poštu nebere; odpověděl: {answer}",
  "deferred.connection": "Na {address} zatím nedoručeno: žádný poštovní server neodpověděl; chyba: {answer}",
  tries: "Další pokus {next}, poslední {end}.",
  "next-try": "Další pokus {next}.",
  "said-at": "Bylo to {at}.",
  "bounced-at": "Server jej nejdřív převzal; zpráva, že nebyl doručen, se vrátila {at}.",
  "deferred.todo": "Zatím není třeba nic dělat, pokusy pokračují samy. Zpráva je v aplikaci.",
  "deferred.connection.todo":
    "Zatím není třeba nic dělat, pokusy pokračují samy. Pokud to trvá, řekněte to provozovateli; zpráva je v aplikaci.",
  "mailbox-full": "Schránka {address} je plná; server odpověděl: {answer}",
  "mailbox-full.todo": "Uvolněte ve schránce místo; zprávu si zatím přečtete v aplikaci.",
  "mailbox-full.todo.over":
    "Uvolněte ve schránce místo pro další e-maily. Tento už se znovu neposílá: přečtěte si zprávu v aplikaci.",
  "address-wrong": "Adresa {address} neexistuje; server odpověděl: {answer}",
  "address-wrong.todo": "Opravte adresu v aplikaci. Zpráva tam čeká.",
  "address-wrong.todo.inbox": "Společnou schránku může opravit správce. Zpráva čeká v aplikaci.",
  "domain-blocked": "Poštovní server adresy {address} naši poštu nepouští; odpověděl: {answer}",
  "domain-blocked.todo": "Předejte správci pošty text níže: říká, co a kde povolit. Zpráva čeká v aplikaci.",
  "refused.too-large": "Pro poštovní server adresy {address} byl e-mail příliš velký; odpověděl: {answer}",
  "refused.policy":
    "Poštovní server adresy {address} e-mail odmítl podle vlastních pravidel; odpověděl: {answer}",
  "refused.unknown": "Poštovní server adresy {address} e-mail odmítl; odpověděl: {answer}",
  "refused.unreachable":
    "Žádný poštovní server adresy {address} se nepodařilo zastihnout po celou dobu, kdy se e-maily zkoušejí; co se nezdařilo: {answer}",
  "refused.todo": "Předejte správci pošty text níže, s odpovědí serveru. Zpráva čeká v aplikaci.",
  "refused.unreachable.todo":
    "Předejte správci pošty text níže: jeho poštovní server neodpovídá. Zpráva čeká v aplikaci.",
  "refused.too-large.todo":
    "Přečtěte si zprávu v aplikaci. Největší velikost e-mailů může zvýšit správce pošty.",
  folded:
    "O této konverzaci už za hodinu odešlo tolik e-mailů, kolik je dovoleno; další, i s touto zprávou, odejde v {until}.",
  "folded.address":
    "O této konverzaci už za hodinu odešlo na {address} tolik e-mailů, kolik je dovoleno; další, i s touto zprávou, odejde v {until}.",
  "folded.todo": "Nemá-li čekat, otevřete konverzaci v aplikaci.",
  "other-group": "Byla určena skupině {group}, ve které nejste.",
  "other-group.todo": "Do skupiny vás může přidat správce.",
  inactive: "Váš přístup je deaktivovaný od {since}.",
  "inactive.todo": "Požádejte správce, ať ho znovu aktivuje.",
  "no-destination": "Nebylo kam ji poslat.",
  "no-destination.todo": "Správce může nastavit společnou schránku nebo někomu zapnout upozornění.",
  dropped: "E-mail pro {address} byl vyřazen z fronty; rozhodnutí: {by}.",
  "dropped.note": "E-mail pro {address} byl vyřazen z fronty; rozhodnutí: {by}. Důvod: {note}",
  "dropped.todo": "Na důvod se zeptejte: {by}. Zpráva je v aplikaci.",
  held: "E-mail pro {address} je pozdržen; rozhodnutí: {by}. Důvod: {note}",
  "held.todo": "Kdy půjde dál, ví: {by}. Zpráva je v aplikaci.",
  "visitor.chat":
    "Je to adresa návštěvníka. Co jste napsali, má v chatu: až se vrátí, požádejte ho o jinou adresu.",
  "visitor.mail":
    "Je to adresa návštěvníka a ten o odpovědi neví: zkuste ho zastihnout jinak, nebo počkejte, až napíše znovu.",
  "visitor.again": "Správce to může zkusit znovu na stránce „Fronta e-mailů“.",
  "visitor.mistyped": "Možná je v ní překlep.",
  "visitor.blocked":
    "Správce na stránce „Stav pošty“ uvidí, zda je naše pošta v pořádku, a na stránce „Fronta e-mailů“ to může zkusit znovu.",
  "visitor.too-large": "Velké soubory lze poslat jako odkaz.",
  "nobody-online":
    "Když by se počítala jako zmeškaná ({at}), už tu nikdo nebyl; místo toho platí upozornění při nepřítomnosti.",
  "nobody-online.due": "Na řadu přijde {due}.",
  "nobody-online.todo":
    "Co se s tímto upozorněním stalo, je u zprávy uvedeno také. Otevřete konverzaci a e-mail nebude potřeba.",
  "visitor-returned": "Návštěvník se vrátil ({at}), dřív než se konverzace počítala jako zmeškaná.",
  "visitor-returned.todo": "Možná ještě čeká: otevřete konverzaci v aplikaci a odpovězte.",
  plan: "Tarif účtu ({plan}) upozornění na zmeškané konverzace nemá.",
  "plan.todo": "Má je tarif {needed}: změnit ho může správce. Zpráva je v aplikaci.",
  "handOver.delivered": "E-mail pro {address} poštovní server převzal, ale není v žádné složce.",
  "handOver.blocked":
    "Povolte prosím poštu z domény {domain}: přináší nám, co píší návštěvníci našeho webu, a poštovní server adresy {address} ji odmítá.",
  "handOver.refused":
    "Poštovní server adresy {address} odmítl e-mail s tím, co nám napsal návštěvník našeho webu.",
  "handOver.unreachable":
    "E-mail s tím, co nám napsal návštěvník našeho webu, nebylo možné doručit: žádný poštovní server adresy {address} neodpovídal.",
  "handOver.when": "Kdy: {at}",
  "handOver.server": "Poštovní server: {server}",
  "handOver.answer": "Jeho odpověď: {answer}",
  "handOver.queueId": "Jeho číslo e-mailu: {queueId}",
  "handOver.sender": "Od: {sender} <{from}>",
  "handOver.envelope": "Obálkový odesílatel: {address}",
  "handOver.subject": "Předmět: {subject}",
  "handOver.messageId": "Message-ID: {messageId}",
  "handOver.dkim": "Podepsáno (DKIM): d={domain}",
  "handOver.ip": "Odesílající IP adresa uvedená v odpovědi: {ip}",
  "handOver.list":
    "Odpověď jmenuje seznam blokovaných {list}. O vyškrtnutí adresy může požádat provozovatel serveru {domain}; do té doby prosím povolte výjimku.",
  "handOver.allow.google":
    "Jak na to v Google Workspace: Konzole správce > Aplikace > Google Workspace > Gmail > Spam, phishing a malware. V části „Spam“ přidejte pravidlo, které obejde filtry spamu pro seznam schválených odesílatelů s doménou {domain}; vyžadování ověření odesílatele nechte zapnuté. Blokovaná IP adresa patří do seznamu povolených (Email allowlist) na téže stránce.",
  "handOver.allow.microsoft":
    "Jak na to v Microsoft 365: security.microsoft.com > Email & collaboration > Policies & rules > Threat policies > Tenant Allow/Block Lists > Domains & addresses: přidejte {domain} mezi povolené. Blokovaná IP adresa patří do Anti-spam policies > Connection filter policy > IP Allow List.",
  "handOver.allow.other":
    "Jak na to na jiných serverech: přidejte {domain} mezi povolené odesílatele poštovního serveru i filtru spamu před ním; umí-li seznam vyžadovat podpis DKIM, vyžadujte d={domain}. Blokovaná IP adresa patří mezi povolené klienty, ještě před dotazem na seznamy blokovaných.",
  "light.held": "Svítí: {holders}",
  "light.holder": "{name} – {device}",
  "light.holder.phone": "{name} – {device} (telefon na dosah)",
  "light.holder.fading": "{name} – {device} (právě na odchodu)",
  "light.holder.fadingUntil": "{name} – {device} (právě na odchodu, počítá se do {until})",
  "light.holder.busy": "{holder}, má práci",
  "light.off": "Nesvítí: {agents}",
  "light.unavailable": "{name} – stav „mimo“",
  "light.unavailable.since": "{name} – stav „mimo“ od {since}",
  "light.unavailable.until": "{name} – stav „mimo“ do {until}",
  "light.gone": "{name} – pryč",
  "light.gone.since": "{name} – pryč od {since}",
  "light.hours-closed": "{name} – mimo provozní dobu",
  "light.hours-closed.until": "{name} – mimo provozní dobu, znovu začíná {until}",
  "light.more": "{count, plural, one {a # další} few {a # další} many {a # dalšího} other {a # dalších}}",
  "light.nobody": "Nesvítí: nikdo není online",
  "light.no-agents": "Nesvítí: účet nemá nikoho, kdo by mohl odpovídat",
}
