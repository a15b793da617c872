/**
 * Why a message did, or did not, become an e-mail for somebody: one sentence a reason, and `.todo`: what to
 * do about it. `{answer}` is what a mail server said, in its own words. `handOver.*` is for mail admins.
 */
export const en = {
  "a-device": "a device",
  "a-phone": "a phone",
  "kind.offline": "offline notice",
  "kind.missed": "missed conversation",
  quoted: "“{answer}”.",
  waiting: "Waiting: it is mailed at {due} unless somebody opens it before.",
  "waiting.todo": "Open the conversation, and no mail is needed.",
  "present-on-device": "You were there when it came: {device} was in use (last sign at {at}).",
  "present-on-device.phone":
    "You were there when it came: the phone {device} was in use (last sign at {at}).",
  "present-on-device.todo":
    "Was nobody sitting there? Sign that device out, or set yourself unavailable when you leave.",
  "back-online":
    "You came back {seconds, plural, one {# second} other {# seconds}} after it, on {device}, before a mail was due.",
  "back-online.minutes":
    "You came back {minutes, plural, one {# minute} other {# minutes}} after it, on {device}, before a mail was due.",
  "back-online.todo": "It is waiting for you in the desk: open it there.",
  "colleague-online": "{who} {count, plural, one {was} other {were}} there to answer it.",
  "colleague-online.group":
    "{who} {count, plural, one {was} other {were}} there to answer it, in the group {group}.",
  "colleague-online.todo": "If nobody takes care of it, open it in the desk.",
  opened: "{who} opened it ({at}).",
  "opened.you": "You opened it ({at}).",
  "opened.todo": "Ask {who}, or open the conversation and join it.",
  joined: "{who} took the conversation ({at}).",
  "joined.you": "You took the conversation ({at}).",
  "joined.todo": "Nothing to do, unless {who} hands it back.",
  "notifications-off.agent": "Your own notices have been off since {since}.",
  "notifications-off.agent.missed": "Your own notices of missed conversations have been off since {since}.",
  "notifications-off.agent.todo": "Switch them on in your profile to get the next one.",
  "notifications-off.account": "Notices have been off for the whole account since {since}.",
  "notifications-off.account.missed":
    "Notices of missed conversations have been off for the whole account since {since}.",
  "notifications-off.account.todo": "Ask an admin to switch them on in the account’s settings.",
  "sent-to": "A mail about it went into the queue to {address} ({at}).",
  "sent-to.todo": "Look in that mailbox. If it is not the right one, change the address in the desk.",
  "sent-to.todo.inbox":
    "Look in that inbox. If it is not the right one, an admin can change the general inbox.",
  "route.several": "It is one mail for {names}.",
  "route.destination": "That address was set by {by} ({at}).",
  "route.redirect": "A redirect takes it there, set by {by} ({at}).",
  "route.redirect.plain": "A redirect takes it there.",
  "route.inbox": "That is the general inbox, set by {by} ({at}).",
  "route.inbox.plain": "That is the general inbox.",
  "route.fallback": "That is the fallback, set by {by} ({at}): mail to the usual address keeps failing.",
  "route.fallback.plain": "That is the fallback: mail to the usual address keeps failing.",
  delivered: "{server} took the mail to {address} ({at}) and said: {answer}",
  "delivered.todo": "Not in the inbox? Search all folders for mail from “{sender}”, or for “{subject}”.",
  "delivered.todo.plain": "Not in the inbox? Search all folders.",
  "find.google":
    "In Gmail, put “in:anywhere” before the words: that searches Spam too. If it is there, mark it as not spam.",
  "find.microsoft":
    "In Outlook, look in Junk Email too. If it is there, mark it as not junk; what is in quarantine, your admin can release.",
  "find.other": "Look in the spam folder too, and mark it as no spam.",
  "delivered.admin":
    "If it is nowhere, give your mail admin the text below: by it they find the mail in the server’s log.",
  captured:
    "The mail to {address} stayed in this relay’s own mailbox page ({at}): no mail leaves this relay.",
  "captured.todo":
    "Read it on the mailbox page; the operator can let mail out with the setting PORCHLIGHT_OUTBOUND.",
  deferred: "Not delivered to {address} yet; the server said: {answer}",
  "deferred.greylisted":
    "Not delivered to {address} yet: the server asks senders it does not know to come again (greylisting); it said: {answer}",
  "deferred.rate-limited":
    "Not delivered to {address} yet: the server takes no more mail for the moment; it said: {answer}",
  "deferred.connection": "Not delivered to {address} yet: no mail server answered; what went wrong: {answer}",
  tries: "Next try {next}, last try {end}.",
  "next-try": "Next try {next}.",
  "said-at": "That was at {at}.",
  "bounced-at": "The server took it at first; the report that it was not delivered came back at {at}.",
  "deferred.todo": "Nothing to do yet: the relay keeps trying by itself. The message is in the desk.",
  "deferred.connection.todo":
    "Nothing to do yet: the relay keeps trying by itself. If it lasts, tell the operator of the relay; the message is in the desk.",
  "mailbox-full": "The mailbox {address} is full; the server said: {answer}",
  "mailbox-full.todo": "Make room in that mailbox; until then read the message in the desk.",
  "mailbox-full.todo.over":
    "Make room in that mailbox for the next mails. This one is not tried again: read the message in the desk.",
  "address-wrong": "The address {address} does not exist; the server said: {answer}",
  "address-wrong.todo": "Correct the address in the desk. The message is waiting there.",
  "address-wrong.todo.inbox": "An admin can correct the general inbox. The message is waiting in the desk.",
  "domain-blocked": "The mail server of {address} does not let our mail in; it said: {answer}",
  "domain-blocked.todo":
    "Give your mail admin the text below: it says what to allow and where. The message is waiting in the desk.",
  "refused.too-large": "The mail server of {address} found the mail too large; it said: {answer}",
  "refused.policy": "The mail server of {address} refused the mail by a rule of its own; it said: {answer}",
  "refused.unknown": "The mail server of {address} refused the mail; it said: {answer}",
  "refused.unreachable":
    "No mail server of {address} could be reached for as long as mails are tried; what went wrong: {answer}",
  "refused.todo":
    "Give your mail admin the text below, with the server’s words. The message is waiting in the desk.",
  "refused.unreachable.todo":
    "Give your mail admin the text below: their mail server does not answer. The message is waiting in the desk.",
  "refused.too-large.todo":
    "Read the message in the desk. Your mail admin can raise the largest size of mails.",
  folded:
    "This conversation has had as many mails as an hour allows; the next one, with this message, goes at {until}.",
  "folded.address":
    "This conversation has had as many mails to {address} as an hour allows; the next one, with this message, goes at {until}.",
  "folded.todo": "Open the conversation in the desk if it should not wait.",
  "other-group": "It was for the group {group}, which you are not in.",
  "other-group.todo": "An admin can add you to the group.",
  inactive: "You have been deactivated since {since}.",
  "inactive.todo": "Ask an admin to make you active again.",
  "no-destination": "There was no address to send it to.",
  "no-destination.todo": "An admin can set a general inbox, or switch the notices of an agent on.",
  dropped: "{by} took the mail to {address} out of the queue.",
  "dropped.note": "{by} took the mail to {address} out of the queue: {note}",
  "dropped.todo": "Ask {by} why. The message is in the desk.",
  held: "{by} holds the mail to {address} back: {note}",
  "held.todo": "Ask {by} when it goes on. The message is in the desk.",
  "visitor.chat":
    "That is the visitor’s address. What you wrote is in their chat box: when they are back, ask for another address.",
  "visitor.mail":
    "That is the visitor’s address, and they know of no answer: reach them some other way, or wait for them to write again.",
  "visitor.again": "An admin can try it again under “Mail queue”.",
  "visitor.mistyped": "It may be mistyped.",
  "visitor.blocked":
    "An admin can see under “Mail health” whether our mail is in order, and try it again under “Mail queue”.",
  "visitor.too-large": "Large files can be sent as a link.",
  "nobody-online":
    "Nobody was there any more when it would have counted as missed ({at}); an offline notice takes its place.",
  "nobody-online.due": "It is due at {due}.",
  "nobody-online.todo":
    "What became of that notice is said with this message too. Open the conversation, and no mail is needed.",
  "visitor-returned": "The visitor came back ({at}) before it counted as missed.",
  "visitor-returned.todo": "They may still be waiting: open the conversation in the desk and answer.",
  plan: "The account’s plan, {plan}, has no notices of missed conversations.",
  "plan.todo": "The plan {needed} has them: an admin can change to it. The message is in the desk.",
  "handOver.delivered": "A mail to {address} was accepted by the mail server, and is in no folder there.",
  "handOver.blocked":
    "Please allow mail from the domain {domain}: it carries what visitors of our website write to us, and the mail server of {address} turns it away.",
  "handOver.refused":
    "The mail server of {address} refused a mail that carries what a visitor of our website wrote to us.",
  "handOver.unreachable":
    "A mail that carries what a visitor of our website wrote to us could not be delivered: no mail server of {address} could be reached.",
  "handOver.when": "When: {at}",
  "handOver.server": "Mail server: {server}",
  "handOver.answer": "Its answer: {answer}",
  "handOver.queueId": "Its number for the mail: {queueId}",
  "handOver.sender": "From: {sender} <{from}>",
  "handOver.envelope": "Envelope sender: {address}",
  "handOver.subject": "Subject: {subject}",
  "handOver.messageId": "Message-ID: {messageId}",
  "handOver.dkim": "Signed by (DKIM): d={domain}",
  "handOver.ip": "Sending IP address that the answer names: {ip}",
  "handOver.list":
    "The answer names the block list {list}. Whoever operates the relay at {domain} can ask that list to take the address off; until then, please make an exception.",
  "handOver.allow.google":
    "How, in Google Workspace: Admin console > Apps > Google Workspace > Gmail > Spam, phishing and malware. Under “Spam”, add a rule that bypasses the spam filters for an address list of approved senders with {domain}, and leave “Require sender authentication” on. A blocked IP address goes into “Email allowlist” on the same page.",
  "handOver.allow.microsoft":
    "How, in Microsoft 365: security.microsoft.com > Email & collaboration > Policies & rules > Threat policies > Tenant Allow/Block Lists > Domains & addresses: add {domain} as allowed. A blocked IP address goes into Anti-spam policies > Connection filter policy > IP Allow List.",
  "handOver.allow.other":
    "How, on other servers: put {domain} on the list of allowed senders of the mail server and of the spam filter before it; where that list can ask for a DKIM signature, ask for d={domain}. A blocked IP address goes on the list of allowed clients, before any block list is asked.",
  "light.held": "Light on: {holders}",
  "light.holder": "{name}, by {device}",
  "light.holder.phone": "{name}, by {device} (phone within reach)",
  "light.holder.fading": "{name}, by {device} (just left)",
  "light.holder.fadingUntil": "{name}, by {device} (just left; counts until {until})",
  "light.holder.busy": "{holder}, busy",
  "light.off": "Light off: {agents}",
  "light.unavailable": "{name} is set to unavailable",
  "light.unavailable.since": "{name} has been set to unavailable since {since}",
  "light.unavailable.until": "{name} is set to unavailable until {until}",
  "light.gone": "{name} is away",
  "light.gone.since": "{name} has been away since {since}",
  "light.hours-closed": "{name} is outside office hours",
  "light.hours-closed.until": "{name} is outside office hours, which open again at {until}",
  "light.more": "{count, plural, one {and # more} other {and # more}}",
  "light.nobody": "Light off: nobody is online",
  "light.no-agents": "Light off: this account has no active agent",
} as const
