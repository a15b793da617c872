import type { Catalogue } from "../formatter.ts"
import type { en } from "./en.ts"

export const cs: Catalogue<typeof en> = {
  visitor: "Návštěvník",
  "notice.lead": "{visitor} – nová zpráva na webu {site} v době, kdy tam nikdo nebyl:",
  "notice.more":
    "{count, plural, one {a # další zpráva v aplikaci} few {a # další zprávy v aplikaci} many {a # další zprávy v aplikaci} other {a # dalších zpráv v aplikaci}}",
  "notice.reply":
    "Stačí odpovědět na tento e-mail: {visitor} dostane vaši odpověď do chatu, po odchodu z webu e-mailem.",
  "notice.replyNoAddress":
    "Stačí odpovědět na tento e-mail: vaše odpověď se objeví v chatu. E-mailovou adresu nám návštěvník nenechal.",
  "notice.page": "Stránka",
  "notice.theirTime": "Místní čas",
  "notice.theirTimeValue": "{time} ({zone}) v okamžiku napsání",
  "notice.address": "E-mail",
  "notice.take": "Beru si to",
  "notice.open": "Otevřít v aplikaci",
  "notice.why":
    "Proč vám to píšeme: nikdo, kdo by mohl odpovědět, u toho nebyl a nikdo zprávu včas neotevřel.",
  "notice.forOne": "Tento e-mail je pro: {names}.",
  "notice.forSeveral": "Tento jediný e-mail platí pro všechny, kdo sdílejí tuto adresu: {names}.",
  "notice.forInbox":
    "Tento e-mail přichází do společné schránky účtu {account}; nastavuje ji správce v aplikaci.",
  "notice.forInboxAnd": "Tento e-mail přichází do společné schránky účtu {account} a platí pro: {names}.",
  "notice.switchOff": "Vypnout tyto e-maily",
  "notice.whyMore": "Více o tom v konverzaci",
  "notice.mailLead": "{visitor} píše na {address}:",
  "notice.mailReply": "Odpovíte odpovědí na tento e-mail: {visitor} dostane vaše slova e-mailem.",
  "notice.mailReplyNoAddress": "Tento e-mail neuvádí, od koho je: odpovědět e-mailem na něj nelze.",
  "notice.mailWhy": "Proč to dostáváte: zpráva přišla e-mailem a nikdo ji včas neotevřel.",
  "notice.attached":
    "{count, plural, one {Příloha: {files}} few {Přílohy: {files}} many {Přílohy: {files}} other {Přílohy: {files}}}",
  "notice.inDesk": "V aplikaci, ne v tomto e-mailu: {files}",
  "missed.lead": "{visitor} – zpráva na webu {site}, kterou do odchodu ze stránky nikdo nepřevzal:",
  "missed.reply":
    "Odpovězte na tento e-mail: {visitor} dostane vaši odpověď e-mailem a po návratu ji najde i v chatu.",
  "missed.replyNoAddress":
    "Odpovězte na tento e-mail: vaše odpověď počká v chatu na návrat na web. E-mailová adresa není známa.",
  "missed.why":
    "Proč vám to přišlo: někdo, kdo odpovídá, tu sice byl, ale než byla stránka zavřena, konverzaci nikdo nepřevzal.",
  "answer.lead": "{name} – odpověď pro vás z webu {site}:",
  "answer.subject": "Odpověď na: {words}",
  "answer.subjectPlain": "Odpověď z webu {site}",
  "answer.you": "Vy",
  "answer.reply": "Reagovat můžete přímo odpovědí na tento e-mail.",
  "answer.why": "Píšeme vám, protože v chatu na webu {site} zůstala vaše adresa pro odpověď.",
  "answer.mailLead": "{name} odpovídá na váš e-mail:",
  "answer.tooLarge": "Příliš velké na poslání: {files}. Požádejte o jiný způsob.",
  "answer.mailWhy": "Dostáváte to, protože jste psali na {address}.",
  "transcript.subject": "Vaše konverzace s {site}",
  "transcript.lead": "Vaše konverzace na {site} z {day}, jak jste si o ni řekli:",
  "transcript.more":
    "{count, plural, one {# starší zpráva tu není: najdete ji v chatu.} few {# starší zprávy tu nejsou: najdete je v chatu.} many {# starší zprávy tu není: najdete ji v chatu.} other {# starších zpráv tu není: najdete je v chatu.}}",
  "transcript.why": "Tento e-mail dostáváte, protože jste si o něj řekli v chatu na {site}.",
  "code.subject": "{code} je váš přihlašovací kód do Porchlight",
  "code.lead": "Váš přihlašovací kód:",
  "code.life":
    "{minutes, plural, one {Platí jednou, do # minuty.} few {Platí jednou, do # minut.} many {Platí jednou, do # minuty.} other {Platí jednou, do # minut.}}",
  "code.notYou":
    "Nežádáte-li o něj vy, není třeba nic dělat: bez tohoto kódu se nikdo nepřihlásí. Nikomu ho nesdělujte, ať si o něj říká kdokoli.",
  "address.subject": "{code} potvrzuje tuto adresu pro {account}",
  "address.lead": "{by} chce od nynějška dostávat zprávy účtu {account} na tuto adresu.",
  "address.leadInbox": "{by} chce, aby na tuto adresu chodily zprávy návštěvníků účtu {account}.",
  "address.code": "Pokud to tak má být, potvrdí to tento kód:",
  "address.notYou":
    "Pokud o tom nic nevíte, není třeba nic dělat: bez tohoto kódu sem od účtu {account} nic dalšího nepřijde. Nikomu ho nesdělujte, ať si o něj říká kdokoli.",
  "moved.subject": "Vaše adresa v účtu {account} se změnila",
  "moved.lead": "{name}, vaše adresa v účtu {account} se změnila.",
  "moved.when": "Kdy",
  "moved.by": "Kdo",
  "moved.old": "Dosud",
  "moved.new": "Od nynějška",
  "moved.what": "Upozornění a přihlašovací kódy chodí na novou adresu. Sem už nic dalšího nepřijde.",
  "moved.notYou":
    "Pokud o tom nevíte, řekněte to hned správci účtu {account}: deaktivace v týmu vás odhlásí ze všech zařízení a zastaví vaše e-maily, dokud nebude adresa zase správně.",
  "probe.subject": "Zkušební zpráva od {account}",
  "probe.lead": "{by} z {account} zkouší, zda na tuto adresu dorazí pošta.",
  "probe.what":
    "Nemusíte nic dělat. Pokud chcete pomoci, napište {by}, kde zpráva skončila: ve schránce, nebo mezi spamem.",
  "probe.why":
    "Proč jste tuto zprávu dostali: {by} ji {time} posílá ručně, aby bylo vidět, co se s ní stane. {account} odpovídá návštěvníkům svého webu pomocí Porchlight.",
  "invitation.subject": "Jste v týmu účtu {account}",
  "invitation.lead": "{name}, {by} vás zve do týmu účtu {account}.",
  "invitation.what":
    "S aplikací Porchlight odpovídáte lidem, kteří účtu {account} píšou na webu. Když tam nikdo není, přijdou vám jejich zprávy e-mailem.",
  "invitation.signIn":
    "Přihlaste se jako {address}: heslo není, kód vám při každém přihlášení přijde e-mailem.",
  "invitation.open": "Otevřít aplikaci",
  "invitation.notYou":
    "Pokud účet {account} neznáte, není třeba nic dělat; správce vás může z týmu zase odebrat.",
  "report.from": "Doručování pošty",
  "report.subject": "Nedoručeno: váš e-mail pro {address}",
  "report.lead": "Váš e-mail pro {address} nebylo možné doručit.",
  "report.mailbox-full": "Tamní schránka je plná.",
  "report.address-wrong": "Na té adrese už poštu nikdo nečte.",
  "report.domain-blocked": "Tamní poštovní server tento e-mail nepouští dál.",
  "report.greylisted": "Tamní poštovní server ho za čtyři dny nepřijal.",
  "report.rate-limited": "Tamní poštovní server ho za čtyři dny nepřijal.",
  "report.too-large": "Pro tamní poštovní server je příliš velký.",
  "report.policy": "Tamní poštovní server ho odmítl podle vlastního pravidla.",
  "report.connection": "Žádný tamní poštovní server se za čtyři dny nepodařilo zastihnout.",
  "report.unknown": "Tamní poštovní server ho odmítl.",
  "report.said": "Server odpověděl: {answer}",
  "report.about": "Byl to váš e-mail „{subject}“.",
  "report.todo":
    "Dál se už nezkouší. Zkuste to později nebo jinou cestou; ostatní části této zprávy jsou pro správce pošty.",
}
