import { describe, expect, it } from "vitest"
import { classifyAnswer, readAnswer } from "../../relay/rules/answers.ts"
import { isPermanent } from "../../relay/rules/delivery.ts"
import type { DeliveryOutcome } from "../../shared/words/outcomes.ts"

/** What providers and filters answer, as their own pages and mail admins' logs have it. "…": tried again. */
const ANSWERS: Record<string, [answer: string, outcome: DeliveryOutcome | `${DeliveryOutcome}…`][]> = {
  Google: [
    [
      "421-4.7.0 [192.0.2.7      15] Our system has detected an unusual rate of\n421-4.7.0 unsolicited mail originating from your IP address. To protect our\n421 4.7.0 users from spam, mail sent from your IP address has been temporarily rate limited.",
      "rate-limited…",
    ],
    ["421 4.7.28 Gmail has detected an unusual rate of mail from your SPF domain", "rate-limited…"],
    [
      "550-5.7.28 Gmail has detected an unusual rate of unsolicited mail containing one of your URL domains",
      "rate-limited…",
    ],
    [
      "552-5.7.0 This message was blocked because its content presents a potential\n552 5.7.0 security issue. https://support.google.com/mail/?p=BlockedMessage - gsmtp",
      "policy",
    ],
    [
      "550-5.7.1 The user or domain that you are sending to (or from) has a policy that\n550 5.7.1 prohibited the mail that you sent. https://support.google.com/a/answer/172179 - gsmtp",
      "policy",
    ],
    [
      "550-5.7.1 [192.0.2.7] The IP you're using to send mail is not authorized to\n550 5.7.1 send email directly to our servers. - gsmtp",
      "policy",
    ],
    ["550 5.4.5 Daily SMTP relay sending limit exceeded for user.", "rate-limited…"],
    [
      "452-4.2.2 The recipient's inbox is out of storage space. Please direct the\n452 4.2.2 recipient to https://support.google.com/mail/?p=OverQuotaTemp",
      "mailbox-full…",
    ],
    [
      "550-5.7.25 [192.0.2.7] The IP address sending this message does not have a\n550 5.7.25 PTR record setup, or the corresponding forward DNS entry does not match",
      "policy",
    ],
    ["550 5.7.29 This message was not sent over a TLS connection", "policy"],
    [
      "421-4.7.32 Your email has been rate limited because the From: header (RFC5322) in\n421 4.7.32 this message isn't aligned with either the authenticated SPF or DKIM organizational domain.",
      "policy…",
    ],
  ],
  Microsoft: [
    [
      "550 5.7.1 Unfortunately, messages from [192.0.2.7] weren't sent. Please contact your Internet service provider since part of their network is on our block list (S3150). You can also refer your provider to http://mail.live.com/mail/troubleshooting.aspx#errors.",
      "domain-blocked",
    ],
    [
      "550 5.7.1 Service unavailable, Client host [192.0.2.7] blocked using Spamhaus. To request removal from this list see https://www.spamhaus.org/query/ip/192.0.2.7 (AS3130).",
      "domain-blocked",
    ],
    [
      "451 4.7.651 The mail server [192.0.2.7] has been temporarily rate limited due to IP reputation. For e-mail delivery information see https://postmaster.live.com (S775)",
      "rate-limited…",
    ],
    ["550 5.5.0 Requested action not taken: mailbox unavailable (S2017062302).", "address-wrong"],
    [
      "421 4.3.2 The maximum number of concurrent server connections has exceeded a limit, closing transmission channel",
      "rate-limited…",
    ],
    ["451 4.7.500 Server busy. Please try again later from [192.0.2.7]. (S77714)", "rate-limited…"],
    [
      "550 5.7.501 Service unavailable. Access denied, spam abuse detected from [192.0.2.7].",
      "domain-blocked",
    ],
    [
      "550 5.7.515 Access denied, sending domain CHAT.EXAMPLE.COM does not meet the required authentication level.",
      "policy",
    ],
    [
      "550 5.7.64 TenantAttribution; Relay Access Denied [AM0EUR02FT012.eop-EUR02.prod.protection.outlook.com]",
      "policy",
    ],
    [
      "550 5.7.129 RESOLVER.RST.RestrictedToRecipientsPermission; not authorized to send to the recipient because the sender isn't on the recipient's list of senders to accept mail from",
      "policy",
    ],
    ["550 5.7.649 Access denied, banned sending IP [192.0.2.7]", "domain-blocked"],
    [
      "550 5.4.1 [ada@example.net]: Recipient address rejected: Access denied [VE1EUR01FT057.eop-EUR01.prod.protection.outlook.com]",
      "address-wrong",
    ],
    ["452 4.5.3 Recipients belong to multiple regions ATTR38", "rate-limited…"],
    [
      "554 5.2.0 STOREDRV.Deliver.Exception:QuotaExceededException.MapiExceptionShutoffQuotaExceeded",
      "mailbox-full",
    ],
    ["550 5.1.8 Access denied, bad outbound sender", "policy"],
  ],
  Yahoo: [
    [
      "421 4.7.0 [TSS04] Messages from 192.0.2.7 temporarily deferred due to unexpected volume or user complaints - 4.16.55.1; see https://postmaster.yahooinc.com/error-codes",
      "rate-limited…",
    ],
    [
      "421 4.7.1 [TSS03] All messages from 192.0.2.7 will be permanently deferred; Retrying will NOT succeed.",
      "domain-blocked…",
    ],
    [
      "553 5.7.1 [BL21] Connections will not be accepted from 192.0.2.7, because the ip is in Spamhaus's list; see http://postmaster.yahoo.com/550-bl23.html",
      "domain-blocked",
    ],
    [
      "554 5.7.9 Message not accepted for policy reasons. See https://postmaster.yahooinc.com/error-codes",
      "policy",
    ],
    [
      "554 30 Sorry, your message to ada@example.net cannot be delivered. This mailbox is disabled (554.30).",
      "address-wrong",
    ],
    ["552 5.2.2 Over quota", "mailbox-full"],
  ],
  Apple: [
    [
      "550 5.7.1 [CS01] Message rejected due to local policy. Please visit https://support.apple.com/en-us/HT204137",
      "policy",
    ],
    ["552 5.2.2 <ada@example.net>: user is over quota", "mailbox-full"],
  ],
  "GMX and WEB.DE": [
    [
      "554-gmx.net (mxgmx117) Nemesis ESMTP Service not available\n554-No SMTP service\n554-IP address is block listed.\n554 For explanation visit https://postmaster.gmx.net/en/error-messages?ip=192.0.2.7&c=bl",
      "domain-blocked",
    ],
    [
      "554-web.de (mxweb112) Nemesis ESMTP Service not available\n554-No SMTP service\n554-Bad DNS PTR resource record.\n554 For explanation visit https://postmaster.web.de/en/error-messages?c=rdns",
      "policy",
    ],
    [
      "550-Requested action not taken: mailbox unavailable\n550 For explanation visit https://postmaster.gmx.net/en/error-messages?c=hi",
      "address-wrong",
    ],
    [
      "421-gmx.net (mxgmx009) Nemesis ESMTP Service not available\n421-Service closing transmission channel\n421 Too many connections, try again later",
      "rate-limited…",
    ],
    ["554 Transaction failed Reject due to policy restrictions.", "policy"],
    ["552-Requested mail action aborted: exceeded storage allocation\n552 Quota exceeded", "mailbox-full"],
  ],
  "T-Online": [
    [
      "554 IP=192.0.2.7 - None/bad reputation. Ask your postmaster for help or to contact tosa@rx.t-online.de for reset. (NOWL)",
      "domain-blocked",
    ],
    [
      "554 IP=192.0.2.7 - Dialup/transient IP not allowed. Use a mailgateway/smarthost (DYN)",
      "domain-blocked",
    ],
    [
      "554 IP=192.0.2.7 - A problem occurred. (Ask your postmaster for help or to contact tosa@rx.t-online.de to clarify.) (BL)",
      "domain-blocked",
    ],
    ["550 5.1.1 unknown user: Recipient unknown", "address-wrong"],
  ],
  Seznam: [
    ["451 4.7.1 Greylisted, try again later", "greylisted…"],
    ["552 5.2.2 Schranka uzivatele je plna", "mailbox-full"],
    ["550 5.1.1 Uzivatel neexistuje", "address-wrong"],
    ["421 4.7.0 Too many messages from your IP, slow down", "rate-limited…"],
  ],
  "Orange and La Poste": [
    [
      "550 5.1.1 Adresse d au moins un destinataire invalide. Invalid recipient. OFR204_416 [416]",
      "address-wrong",
    ],
    ["552 5.1.1 Boite du destinataire pleine. Recipient overquota. OFR204_417 [417]", "mailbox-full"],
    ["421 4.7.1 Too many connections, slow down. OFR004_104 [104]", "rate-limited…"],
    ["550 5.2.0 Mail rejete. Mail rejected. OFR_506 [506]", "policy"],
    [
      "554 5.7.1 Service refuse, votre IP est blacklistee. Your IP is blacklisted. LPN105_511",
      "domain-blocked",
    ],
  ],
  "filters and block lists": [
    [
      "554 5.7.1 Service unavailable; Client host [192.0.2.7] blocked using Barracuda Reputation; http://www.barracudanetworks.com/reputation/?r=1&ip=192.0.2.7",
      "domain-blocked",
    ],
    [
      "554 5.7.1 Service unavailable; Client host [192.0.2.7] blocked using b.barracudacentral.org",
      "domain-blocked",
    ],
    ["550-Rejected because 192.0.2.7 is in a black list at zen.spamhaus.org", "domain-blocked"],
    [
      "554 5.7.1 Service unavailable; Helo command [chat.example.com] blocked using dbl.spamhaus.org",
      "domain-blocked",
    ],
    [
      "550 5.7.1 Service unavailable; Client host [192.0.2.7] blocked using Trend Micro Email Reputation database. Please see <http://www.mail-abuse.com/cgi-bin/lookup?192.0.2.7>",
      "domain-blocked",
    ],
    [
      "554 Your access to this mail system has been rejected due to the sending MTA's poor reputation. If you believe that this failure is in error, please contact the intended recipient via alternate means.",
      "domain-blocked",
    ],
    [
      "550 Local CT IP Reputation policy - https://community.mimecast.com/docs/DOC-1369#550",
      "domain-blocked",
    ],
    ["451 IP temporarily blacklisted - https://community.mimecast.com/docs/DOC-1369#451", "domain-blocked…"],
    [
      "554 Email rejected due to security policies - MCSpamSignature.sa.1.1 - https://community.mimecast.com/docs/DOC-1369#554",
      "policy",
    ],
    ["550 Invalid Recipient - https://community.mimecast.com/docs/DOC-1369#550", "address-wrong"],
    ["550 5.7.0 Local Policy Violation", "policy"],
    ["554 5.7.0 Blocked - see https://ipcheck.proofpoint.com/?ip=192.0.2.7", "domain-blocked"],
    ["421 4.7.1 Throttled: too many connections - see https://support.proofpoint.com", "rate-limited…"],
    ["550 permanent failure for one or more recipients (ada@example.net:blocked)", "domain-blocked"],
    [
      "553 5.3.0 alph739 DNSBL:RBL 521< 192.0.2.7 >_is_blocked.For assistance forward this error to abuse_rbl@abuse-att.net",
      "domain-blocked",
    ],
    [
      "554 resimta-c1p-032 resimta 192.0.2.7 Comcast block for spam.  Please see http://postmaster.comcast.net/smtp-error-codes.php#BL000000",
      "domain-blocked",
    ],
    [
      "421 4.1.0 192.0.2.7 Throttled - try again later. Please see http://postmaster.comcast.net/smtp-error-codes.php#RL000001",
      "rate-limited…",
    ],
  ],
  greylisting: [
    [
      "450 4.2.0 <ada@example.net>: Recipient address rejected: Greylisted for 5 minutes (see http://isg.ee.ethz.ch/tools/postgrey/help/example.net.html)",
      "greylisted…",
    ],
    ["451 Greylisting in effect, please try again later", "greylisted…"],
    ["451 4.7.1 Please try again later (graylisted)", "greylisted…"],
    ["451 4.7.1 Sorry, the service is currently unavailable. Please come back later.", "greylisted…"],
    ["450 4.7.1 First time sender, please retry in 300 seconds", "greylisted…"],
  ],
  "servers as they are installed": [
    ["550 5.7.1 <chat.example.com[192.0.2.7]>: Client host rejected: Access denied", "domain-blocked"],
    ["550 5.7.1 Client host rejected: cannot find your reverse hostname, [192.0.2.7]", "policy"],
    ["450 4.7.1 <chat.example.com>: Helo command rejected: Host not found", "policy…"],
    ["554 5.7.1 <ada@example.net>: Sender address rejected: Access denied", "domain-blocked"],
    ["450 4.1.8 <b-x@chat.example.com>: Sender address rejected: Domain not found", "policy…"],
    ["550 Sender verify failed", "policy"],
    ["550 Unrouteable address", "address-wrong"],
    ["550 relay not permitted", "policy"],
    ["550 Administrative prohibition", "policy"],
    ["550 unknown user", "address-wrong"],
    ["550 Command RCPT User <ada@example.net> not OK", "address-wrong"],
    ["550 #5.1.0 Address rejected.", "address-wrong"],
    ["552 5.2.2 <ada@example.net> Quota exceeded (mailbox for user is full)", "mailbox-full"],
    ["552 Buzón lleno", "mailbox-full"],
    ["550 Usuario desconocido", "address-wrong"],
    ["550 Benutzer unbekannt", "address-wrong"],
    ["550 Casella del destinatario piena", "mailbox-full"],
    ["550 Mail content denied. http://service.mail.qq.com/cgi-bin/help?id=20022", "policy"],
    ["550 Ip frequency limited [a1b2c3]", "rate-limited…"],
    ["550 spam message rejected. Please visit http://help.mail.ru/notspam-support/id?c=x", "policy"],
    ["554 5.7.1 [2] Message rejected under suspicion of SPAM; https://ya.cc/1IrBc", "policy"],
    ["550 inactive user", "address-wrong"],
    ["552 5.3.4 Error: message file too big", "too-large"],
    ["552 5.3.4 message size limit exceeded", "too-large"],
    ["554 5.6.1 8BITMIME not supported", "unknown"],
    ["451 4.3.5 Server configuration error", "unknown…"],
    ["421 4.4.2 mx.example.net Error: timeout exceeded", "unknown…"],
  ],
}

describe("an answer of", () => {
  for (const [who, answers] of Object.entries(ANSWERS)) {
    it.each(answers)(`${who}: %s → %s`, (line, expected) => {
      const { code, enhanced, text } = readAnswer(line)
      const outcome = classifyAnswer(code, enhanced, text)
      expect(`${outcome}${isPermanent(code, outcome) ? "" : "…"}`).toBe(expected)
    })
  }

  it("sixty and more", () => {
    expect(Object.values(ANSWERS).flat().length).toBeGreaterThanOrEqual(60)
  })
})

describe("words that are only in names", () => {
  it.each([
    ["550 spamfilter.example.net: no such user ada@blacklist.example", "address-wrong"],
    ["552 mx1.greylist.example: mailbox full", "mailbox-full"],
    ["550 User unknown, see https://policy.example/virus/rate-limit", "address-wrong"],
  ] as const)("%s", (line, outcome) => {
    const { code, enhanced, text } = readAnswer(line)
    expect(classifyAnswer(code, enhanced, text)).toBe(outcome)
  })
})
