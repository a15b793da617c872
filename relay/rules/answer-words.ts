import type { DeliveryOutcome } from "../../shared/words/outcomes.ts"

/** What mail servers say instead of taking a mail, and what it means: tables for answers.ts. */

/** Enhanced codes, without their class, that mean one thing whoever says them (RFC 3463, and Microsoft's own). */
export const BY_ENHANCED: Record<string, DeliveryOutcome> = {
  "1.1": "address-wrong",
  "1.2": "address-wrong",
  "1.3": "address-wrong",
  "1.4": "address-wrong",
  "1.6": "address-wrong",
  // The sender's address: that is how they feel about us.
  "1.7": "policy",
  "1.8": "policy",
  "1.10": "address-wrong",
  "1.90": "rate-limited",
  "2.2": "mailbox-full",
  "2.3": "too-large",
  "2.121": "rate-limited",
  "2.122": "rate-limited",
  "3.4": "too-large",
  "4.5": "rate-limited",
  "4.310": "address-wrong",
  "4.312": "connection",
  "4.316": "connection",
  "5.3": "rate-limited",
  "6.7": "policy",
  "7.9": "policy",
  "7.13": "address-wrong",
  "7.17": "address-wrong",
  "7.18": "address-wrong",
  "7.20": "policy",
  "7.21": "policy",
  "7.22": "policy",
  "7.23": "policy",
  "7.24": "policy",
  "7.25": "policy",
  "7.26": "policy",
  "7.27": "policy",
  "7.28": "rate-limited",
  "7.29": "policy",
  "7.30": "policy",
  "7.32": "policy",
  "7.124": "policy",
  "7.129": "policy",
  "7.133": "policy",
  "7.134": "policy",
  "7.500": "rate-limited",
  "7.501": "domain-blocked",
  "7.502": "domain-blocked",
  "7.503": "domain-blocked",
  "7.508": "domain-blocked",
  "7.509": "policy",
  "7.511": "domain-blocked",
  "7.512": "domain-blocked",
  "7.513": "domain-blocked",
  "7.515": "policy",
  "7.650": "rate-limited",
  "7.651": "rate-limited",
  "7.652": "rate-limited",
  "7.703": "domain-blocked",
  "7.705": "rate-limited",
  "7.708": "domain-blocked",
}

/** `5.7.606` to `5.7.649`: a sending address that Microsoft has banned. */
export const BANNED = /^5\.7\.6[0-4]\d$/

/** What to take from an enhanced code when nothing in the text says more. */
export const BY_ENHANCED_AT_LAST: Record<string, DeliveryOutcome> = {
  "5.2.1": "address-wrong",
  "5.4.1": "address-wrong",
  "5.4.4": "address-wrong",
}

/** What to take from its second part then. */
export const BY_SUBJECT: Record<string, DeliveryOutcome> = {
  "1": "address-wrong",
  "7": "policy",
}

/** Bare codes that say more than "no" (RFC 5321 4.2.3, RFC 7504, RFC 1870). */
export const BY_CODE: Record<number, DeliveryOutcome> = {
  521: "address-wrong",
  523: "too-large",
  550: "unknown",
  551: "address-wrong",
  552: "mailbox-full",
  553: "address-wrong",
  556: "address-wrong",
}

/** Full, whatever the code beside it: some say 5.1.1 of it. */
export const FULL =
  /over ?quota|quota (?:is |has been |was )?(?:exceeded|full|reached)(?!.{0,40}(?:send|daily|hour|rate))|quotaexceeded|exceed(?:s|ed|ing)? (?:the |their |his |its )?(?:storage|mailbox|disk|quota)|(?:mailbox|inbox|mail ?box|account|postfach|mailbox voll)[^.;]{0,40}(?:\bfull\b|out of (?:storage|space))|mailbox (?:size|space)[^.;]{0,20}(?:limit|exceed)|out of storage|insufficient (?:mailbox|disk) (?:storage|space|quota)|storage (?:limit|allocation|quota)|(?:blocks|inode|message count) limit exceeded|user.{0,20} is full|bo[iî]te.{0,40}plein|casella.{0,30}piena|buz[oó]n.{0,20}llen|postfach.{0,30}\b(?:voll|[uü]berf[uü]llt)|schr[aá]nka.{0,40}(?:pln[aá]|p[rř]epln)|skrzynka.{0,30}pe[lł]na/i

/** Public block lists, by their own names. */
export const LISTS =
  /spamhaus|spamcop|\bsorbs\b|abusix|uceprotect|barracudacentral|barracuda reputation|invaluement|spamrats|\bdnsbl\b|\brbl\b|s-?25r|trend ?micro email reputation|backscatterer/i

/**
 * What providers write, most telling first: their enhanced codes are often too general (`7.1` is said of
 * greylisting, block lists and unknown users alike). Matched against words without addresses, URLs and host
 * names (answers.ts), as a host is called spamfilter or barracuda whatever it says.
 */
export const PHRASES: [RegExp, DeliveryOutcome][] = [
  [
    /gr[ea]y[- ]?list|postgrey|temporarily deferred.{0,60}unknown sender|please retry (?:in|after)|come back later|first (?:time )?(?:encounter|seen)|first.?time sender/i,
    "greylisted",
  ],
  [LISTS, "domain-blocked"],
  [FULL, "mailbox-full"],
  [/permanently deferred|retrying will not succeed/i, "domain-blocked"],
  [
    /rate[- ]?limit|frequency limited|(?:limit|threshold) ?exceeded.{0,40}(?:hour|rate|connection)|(?:hour|daily|sending|receive|message) (?:message )?(?:receive )?(?:limit|quota).{0,20}(?:exceed|reach)|too (?:many|much) (?:messages|mails?|connections|concurrent|recipients|sessions|errors|requests)|throttl|sending (?:quota|limit)|receiving mail (?:at a rate|too quickly)|unusual rate|try again (?:later )?.{0,30}volume|TSS0[0-9]|\bRL000\d|exceeded.{0,30}(?:messages|connections) (?:per|from)|max(?:imum)? (?:number of )?(?:concurrent )?(?:server )?connections|deferred due to (?:unexpected volume|user complaints)|server busy|slow down/i,
    "rate-limited",
  ],
  [
    /message (?:size|length|is too (?:big|large))|too (?:big|large)|exceeds? (?:fixed |the |my )?(?:max(?:imum)? )?(?:message )?(?:size|databytes)|size limit|nachricht.{0,20}zu gro(?:ß|ss)/i,
    "too-large",
  ],
  // What they hold against the sender's address, before "domain not found" is read as the recipient's.
  [
    /sender (?:address )?(?:rejected: )?domain (?:not found|must|does not)|domain of sender|sender (?:address )?(?:verif|verify)|verification failed for|sender.{0,20}does not exist|callback|callout/i,
    "policy",
  ],
  [
    /(?:ip|host|address|domain|sender|network|server|client|connection|envelope|mta)s?\b(?! has a policy).{0,60}\b(?:blocked|block(?:ed)? ?listed|listed|banned|barred|poor reputation|bad reputation|low reputation)|block ?list|black ?list|black list|blocked (?:using|at|by (?!our (?:bulk|spam)))|^\W*(?:\d{3}\W*)?blocked\b|:blocked\)|block for spam|banned (?:send|ip)|part of (?:their|your) network is on our block|reputation|\bS3140\b|\bS3150\b|not (?:on|in).{0,20}(?:allow|white)list|sender (?:address )?(?:denied|rejected)|refused to talk|your (?:ip|server|domain|access) .{0,40}(?:not allowed|denied|rejected)|client host rejected: access denied|access denied, (?:traffic not accepted|banned|spam abuse)|tenant.{0,40}blocked|denied by (?:local )?policy list|dial-?up|dynamic ip|_is_blocked|ip=@? ?- (?:a problem|none|bad)/i,
    "domain-blocked",
  ],
  [
    /\bspf\b|\bdkim\b|\bdmarc\b|unauthenticated|not (?:properly )?authenticated|required authentication|reverse (?:dns|hostname)|find your (?:reverse )?hostname|\bptr\b|\brdns\b|helo\b|ehlo domain|\bspam|unsolicited|virus|malware|phish|content (?:rejected|denied|presents)|(?:message|mail|email|e-mail) (?:has been |was )?(?:blocked|rejete)|bulk email filter|policy|policies|not (?:authorized|authorised|permitted) to (?:send|relay|post)|relay(?:ing)? (?:access )?(?:denied|not (?:allowed|permitted))|relay not permitted|restricted|administrative(?:ly)? prohibit|prohibit|security (?:issue|polic)|not authorized|authentication required|smtp authentication|smtputf8|service refuse/i,
    "policy",
  ],
  [
    /(?:user|mailbox|recipient|account|address|alias|customer|subscriber|person)(?: name| address)?[^.;]{0,60}(?:unknown|not (?:found|exist|available|known|valid|active|listed|local|recogni[sz]ed|ok\b)|does ?n[o']t exist|doesn'?t have|no longer|disabled|inactive|invalid|rejected|unavailable|suspended|discontinued|deactivated)|(?:unknown|inactive|invalid|unrecogni[sz]ed) (?:or illegal )?(?:user|recipient|mailbox|address|alias|local[- ]part|account|rcpt|domain)|no such (?:user|mailbox|recipient|address|person|domain|account)|no mailbox (?:here|by that)|(?:user|account|mailbox) (?:is )?disabled|not (?:a|our) (?:valid|known|customer)|does not (?:have|like) (?:an? )?(?:account|recipient|yahoo)|bad destination|recipient address rejected|relay recipient table|virtual (?:alias|mailbox) table|this (?:address|account) (?:is )?(?:no longer|has been)|does not accept (?:e-?mail|mail)|null ?mx|domain (?:not found|does not exist|name not found|\S{0,20} ?does not exist)|host (?:or domain name )?not found|(?:find any|no) host named|allowed rcpthosts|unrouteable|unroutable|account that does not exist|address rejected|resolver\.adr|couldn'?t be found|utilisateur inconnu|destinataire.{0,20}(?:inconnu|invalide)|adresse? (?:d.au moins un|inconnu)|unbekannt|existiert nicht|neexistuj|usuario (?:desconocido|inexistente)|no existe|utente sconosciuto|nie istnieje/i,
    "address-wrong",
  ],
]

/** Said of a mail whose time was over before any server would talk: in reports only. */
export const UNREACHED =
  /connection (?:timed out|refused|reset|dropped|failed|closed)|lost connection|timed? ?out|no route to host|network is unreachable|not found, try again|retry time(?:out)?|(?:too long|been) in (?:the )?queue|(?:message|delivery time) expired|(?:could not|unable to|can ?not|wasn't able to) (?:connect|establish)|(?:server|host|mta)s?.{0,20}(?:not|un)(?:responding|reachable|available)|did not (?:respond|accept our requests)|dns query failed|expired/i
