/** The public page for whoever runs a mail server that is to let a relay's mail in. */
export const en = {
  title: "Letting mail from {domain} in",
  lead: "For whoever runs the mail server of a company. People there answer visitors of their website with Porchlight, and {domain} mails them what visitors wrote. If such mail is refused or lands in spam, this is what to set.",
  reading: "Loading …",
  failed: "This page could not be loaded. Please try again.",
  copy: "Copy",
  copied: "Copied",
  print: "Print this page",
  language: "Language",
  capture: "Nothing leaves this relay for now: its operator has not set a way out yet.",

  "facts.title": "What identifies this mail",
  "facts.from": "From",
  "facts.from.value": "r-…@{domain}, with the name of the visitor and of the site; also postmaster@{domain}",
  "facts.envelope": "Envelope sender",
  "facts.envelope.value": "b-…@{domain}",
  "facts.dkim": "Signed (DKIM)",
  "facts.dkim.value": "d={domain}, selectors {selectors}; on every mail that the relay writes",
  "facts.arc": "Sealed (ARC)",
  "facts.arc.value": "d={domain}, on every mail that it forwards",
  "facts.host": "Calls itself (EHLO)",
  "facts.addresses": "Comes from",
  "facts.addresses.unknown": "its addresses are not known; ask the operator, or look into your mail log",
  "facts.smarthost": "Goes out through",

  "kinds.title": "What comes",
  "kinds.notice":
    "Notices to your colleagues: what a visitor wrote while nobody was there. One person each, or one general inbox; never lists, never advertising.",
  "kinds.forward":
    "Mail to names at {domain}, forwarded: From, text and signature of the sender stay as they are, only the envelope sender is the relay’s. SPF for the sender’s domain therefore fails; its DKIM signature holds, and the ARC seal says what the relay found. Where a sender’s domain relies on SPF alone, From becomes the name at {domain} and Reply-To the sender.",
  "kinds.automatic":
    "Notices carry Auto-Submitted, and are switched off with one click. Reports that a forwarded mail could not be delivered go to its sender, with an empty envelope sender.",

  "rule.title": "The rule for all servers",
  rule: "Let {domain} in if DKIM for {domain} passes, and trust its ARC seals. An IP address alone says less: use it for greylisting and block lists only.",

  "m365.title": "Microsoft 365",
  "m365.arc":
    "First the seal, so that forwarded mail is judged by what the relay found. Set-ArcConfig replaces the whole list, so these lines keep what is in it:",
  "m365.rule": "Then a rule for what passed DMARC, which nobody else’s mail can:",
  "m365.filter": "Only if connections are refused because of the address:",
  "google.title": "Google Workspace",
  "google.how":
    "Admin console: Apps › Google Workspace › Gmail › Spam, Phishing and Malware › Spam. Add a rule that bypasses spam filters for an approved senders list, and leave “Require sender authentication” on. Into the list goes the domain; the addresses go to “Email allowlist” only if connections are refused. ARC seals count there by themselves.",
  "exchange.title": "Exchange on your own server",
  "exchange.domain": "The content filter, on the server that has the anti-spam agents:",
  "exchange.addresses": "And, if connections are refused because of the address:",
  "postfix.title": "Postfix",
  "postfix.table": "Addresses that need not pass black lists and postscreen:",
  "postfix.main": "Behind reject_unauth_destination, so that nobody can relay, and before your block lists:",
  "postfix.grey": "With postgrey, so that notices do not wait:",
  "exim.title": "Exim",
  "exim.how": "Before the statements for black lists and greylisting in acl_check_rcpt:",
  "rspamd.title": "Rspamd",
  "rspamd.arc":
    "A trusted seal sets a DMARC failure of forwarded mail right (adjust_dmarc, on by default). If there is a list already, add to it:",
  "rspamd.dkim": "And what the relay has signed itself:",
  "spamassassin.title": "SpamAssassin",
  "spamassassin.dkim":
    "What the relay has signed; from 4.0.3 on also its seals. Before version 4 it is called whitelist_from_dkim.",
  "spamassassin.networks":
    "So that forwarded mail is judged by the server before the relay, and not by the relay’s address:",

  "help.title": "If it is still refused",
  help: "The verdict beside the message in Porchlight has your server’s answer word for word, with time and Message-ID: your log has the rest. The operator of the relay reads postmaster@{domain}.",
} as const
