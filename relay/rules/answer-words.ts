import type { DeliveryOutcome } from "../../shared/words/outcomes.ts"

/** What mail servers say instead of taking a mail, and what it means: tables for answers.ts. */

/** Enhanced codes, without their class, that mean one thing whoever says them. */
export const BY_ENHANCED: Record<string, DeliveryOutcome> = {
  "1.1": "address-wrong",
  "1.2": "address-wrong",
  "1.3": "address-wrong",
  "1.4": "address-wrong",
  "1.6": "address-wrong",
  "1.10": "address-wrong",
  "2.2": "mailbox-full",
  "2.3": "too-large",
  "3.4": "too-large",
  "4.5": "rate-limited",
  "5.3": "rate-limited",
  "7.20": "policy",
  "7.21": "policy",
  "7.22": "policy",
  "7.23": "policy",
  "7.24": "policy",
  "7.25": "policy",
  "7.26": "policy",
  "7.27": "policy",
  "7.28": "rate-limited",
  "7.509": "policy",
  "7.511": "domain-blocked",
  "7.512": "domain-blocked",
  "7.513": "domain-blocked",
  "7.703": "domain-blocked",
  "7.708": "domain-blocked",
}

/** What to take from an enhanced code's first two parts when nothing in the text says more. */
export const BY_SUBJECT: Record<string, DeliveryOutcome> = {
  "1": "address-wrong",
  "7": "policy",
}

/**
 * What providers write, most telling first: their enhanced codes are often too general (`7.1` is said of
 * greylisting, block lists and unknown users alike).
 */
export const PHRASES: [RegExp, DeliveryOutcome][] = [
  [
    /gr[ea]y[- ]?list|graylisted|postgrey|temporarily deferred.*unknown sender|please retry (in|after)|come back later|first (?:time )?(?:encounter|seen)/i,
    "greylisted",
  ],
  [
    /over ?quota|quota (?:is |has been )?exceeded(?!.*(?:send|daily|hour))|exceeds? (?:the )?(?:storage|mailbox|disk)|mailbox (?:is )?full|inbox is (?:full|out of storage)|out of storage|insufficient (?:mailbox|disk) (?:storage|space|quota)|storage (?:limit|allocation|quota)|user.{0,20} is full|bo[iî]te.{0,20}pleine|postfach.{0,20}voll/i,
    "mailbox-full",
  ],
  [
    /rate[- ]?limit|too (?:many|much) (?:messages|mails?|connections|concurrent|recipients|sessions)|throttl|sending (?:quota|limit)|receiving mail (?:at a rate|too quickly)|unusual rate|try again (?:later )?.{0,30}volume|TSS0[0-9]|\bRL000\d|exceeded.{0,30}(?:messages|connections) (?:per|from)|max(?:imum)? (?:number of )?connections|deferred due to (?:unexpected volume|user complaints)|server busy/i,
    "rate-limited",
  ],
  [
    /message (?:size|length|is too (?:big|large))|too (?:big|large)|exceeds? (?:fixed |the )?(?:max(?:imum)? )?(?:message )?size|size limit/i,
    "too-large",
  ],
  [
    /block ?list|black ?list|\brbl\b|dnsbl|spamhaus|barracuda|spamcop|sorbs|abusix|s-?25r|proofpoint.{0,20}block|banned (?:send|ip)|(?:ip|host|address|domain|sender|network)s?\b.{0,60}\b(?:blocked|banned|barred|poor reputation|bad reputation|low reputation)|blocked (?:by|using|due|from|for)|part of (?:their|your) network is on our block|has been blocked|poor reputation|reputation|\bS3140\b|\bS3150\b|not (?:on|in).{0,20}(?:allow|white)list|sender (?:address )?(?:denied|rejected)|refused to talk|your (?:ip|server|domain) .{0,30}(?:not allowed|denied|rejected)|access denied, traffic not accepted|tenant.{0,20}blocked|denied by (?:local )?policy list/i,
    "domain-blocked",
  ],
  [
    /\bspf\b|\bdkim\b|\bdmarc\b|unauthenticated|not (?:properly )?authenticated|reverse dns|\bptr\b|\brdns\b|helo|spam|virus|malware|phish|content (?:rejected|denied)|policy|not (?:authorized|authorised|permitted) to (?:send|relay|post)|relay(?:ing)? (?:access )?(?:denied|not (?:allowed|permitted))|restricted|administrative(?:ly)? prohibit|prohibited/i,
    "policy",
  ],
  [
    /(?:user|mailbox|recipient|account|address|alias|customer|subscriber)(?: name| address)?[^.;]{0,60}(?:unknown|not (?:found|exist|available|known|valid|active|listed|local|recogni[sz]ed)|does ?n[o']t exist|doesn'?t have|no longer|disabled|inactive|invalid|rejected|unavailable|suspended|discontinued|deactivated)|unknown (?:user|recipient|mailbox|address|local[- ]part|account|rcpt)|no such (?:user|mailbox|recipient|address|person|domain|account)|no mailbox (?:here|by that)|invalid (?:recipient|mailbox|user|address|domain)|(?:user|account|mailbox) (?:is )?disabled|not (?:a|our) (?:valid|known|customer)|does not (?:have|like) (?:an? )?(?:account|recipient|yahoo)|bad destination|recipient address rejected|relay recipient table|virtual (?:alias|mailbox) table|this (?:address|account) (?:is )?(?:no longer|has been)|does not accept (?:e-?)?mail|null ?mx|domain (?:not found|does not exist|name not found)|host (?:or domain name )?not found|utilisateur inconnu|adresse? (?:d.au moins un|inconnu)/i,
    "address-wrong",
  ],
]

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

/** Said of a mail whose time was over before any server would talk: in reports only. */
export const UNREACHED =
  /connection (?:timed out|refused|reset|dropped|failed|closed)|lost connection|timed? ?out|no route to host|network is unreachable|not found, try again|retry time(?:out)?|(?:too long|been) in (?:the )?queue|(?:message|delivery time) expired|(?:could not|unable to|can ?not|wasn't able to) (?:connect|establish)|(?:server|host|mta)s?.{0,20}(?:not|un)(?:responding|reachable|available)|did not respond|dns query failed|expired/i
