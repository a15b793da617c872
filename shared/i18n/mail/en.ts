/** Words of the mails that go out. English says which keys and values there are. */
export const en = {
  visitor: "Visitor",
  "notice.lead": "{visitor} wrote on {site} while nobody was there:",
  "notice.more":
    "{count, plural, one {and # more message, in the desk} other {and # more messages, in the desk}}",
  "notice.reply":
    "Answer by replying to this mail: {visitor} gets your words in the chat, or by e-mail after leaving.",
  "notice.replyNoAddress":
    "Answer by replying to this mail: your words appear in the chat. No e-mail address was left.",
  "notice.page": "Page",
  "notice.theirTime": "Their time",
  "notice.theirTimeValue": "{time} ({zone}) when this was written",
  "notice.address": "E-mail",
  "notice.take": "I’ll take it",
  "notice.open": "Open in the desk",
  "notice.why": "Why you get this: nobody who answers for it was there, and nobody opened it in time.",
  "notice.forOne": "This mail is for {names}.",
  "notice.forSeveral": "This one mail stands for {names}, who share this address.",
  "notice.forInbox": "This mail comes to the general inbox of {account}; an admin sets that in the desk.",
  "notice.forInboxAnd": "This mail comes to the general inbox of {account} and stands for {names}.",
  "notice.switchOff": "Switch these mails off",
  "notice.whyMore": "Why you got this, in the conversation",
  "notice.mailLead": "{visitor} wrote to {address}:",
  "notice.mailReply": "Answer by replying to this mail: {visitor} gets your words by e-mail.",
  "notice.mailReplyNoAddress": "This mail does not say from whom it is: it cannot be answered by e-mail.",
  "notice.mailWhy": "Why you get this: it came by e-mail, and nobody opened it in time.",
  "notice.attached": "{count, plural, one {Attachment: {files}} other {Attachments: {files}}}",
  "notice.inDesk": "In the desk, not in this mail: {files}",
  "missed.lead": "{visitor} wrote on {site} and left before anybody joined:",
  "missed.reply":
    "Answer by replying to this mail: {visitor} gets your words by e-mail, and finds them in the chat on coming back.",
  "missed.replyNoAddress":
    "Answer by replying to this mail: your words wait in the chat for when the visitor comes back. No e-mail address was left.",
  "missed.why":
    "Why you get this: somebody who answers for it was there, but nobody joined the conversation before the page was closed.",
  "answer.lead": "{name} answered you on {site}:",
  "answer.subject": "Answer to: {words}",
  "answer.subjectPlain": "Answer from {site}",
  "answer.you": "You",
  "answer.reply": "You can answer by replying to this mail.",
  "answer.why": "You get this because you left your address in the chat on {site}.",
  "answer.mailLead": "{name} answered your e-mail:",
  "answer.tooLarge": "Too large to come along: {files}. Ask for another way.",
  "answer.mailWhy": "You get this because you wrote to {address}.",
  "transcript.subject": "Your conversation with {site}",
  "transcript.lead": "Your conversation on {site} of {day}, as you asked for it:",
  "transcript.more":
    "{count, plural, one {# older message is not here: you find it in the chat.} other {# older messages are not here: you find them in the chat.}}",
  "transcript.why": "You get this because you asked for it in the chat on {site}.",
  "code.subject": "{code} is your Porchlight sign-in code",
  "code.lead": "Your sign-in code:",
  "code.life":
    "{minutes, plural, one {It can be used once, within # minute.} other {It can be used once, within # minutes.}}",
  "code.notYou":
    "If you did not ask for it, you need do nothing: without this code nobody signs in. Give it to nobody, whoever asks.",
  "address.subject": "{code} confirms this address for {account}",
  "address.lead": "{by} wants to get the messages of {account} at this address from now on.",
  "address.leadInbox": "{by} wants messages from visitors of {account} to come to this address.",
  "address.code": "If that is right, this code confirms it:",
  "address.notYou":
    "If you know nothing of this, you need do nothing: without this code nothing else from {account} comes here. Give it to nobody, whoever asks.",
  "moved.subject": "Your address at {account} was changed",
  "moved.lead": "{name}, your address at {account} was changed.",
  "moved.when": "When",
  "moved.by": "By",
  "moved.old": "Until now",
  "moved.new": "From now on",
  "moved.what": "Notices and sign-in codes go to the new address. Nothing more comes here.",
  "moved.notYou":
    "If this was not you, tell an admin of {account} at once: deactivating you in the team signs out all your devices and stops your mails, until your address is right again.",
  "probe.subject": "A trial mail from {account}",
  "probe.lead": "{by} of {account} is trying out whether mail arrives at this address.",
  "probe.what":
    "You need do nothing. If you would like to help, tell {by} whether this was in your inbox or in spam.",
  "probe.why":
    "Why you get this: {by} sent this one mail by hand at {time}, to see what becomes of it. {account} answers the visitors of its website with Porchlight.",
  "invitation.subject": "You are on the team of {account}",
  "invitation.lead": "{name}, {by} has added you to the team of {account}.",
  "invitation.what":
    "With Porchlight you answer people who write to {account} on its website. When nobody is there, their messages come to you by e-mail.",
  "invitation.signIn":
    "Sign in as {address}: there is no password, a code is mailed to you each time you sign in.",
  "invitation.open": "Open the desk",
  "invitation.notYou":
    "If you do not know {account}, you need do nothing; an admin there can take you off the team again.",
  "report.from": "Mail Delivery",
  "report.subject": "Not delivered: your mail to {address}",
  "report.lead": "Your mail to {address} could not be delivered.",
  "report.mailbox-full": "The mailbox there is full.",
  "report.address-wrong": "Nobody reads mail there any more.",
  "report.domain-blocked": "The mail server there does not let this mail in.",
  "report.greylisted": "The mail server there did not take it within four days.",
  "report.rate-limited": "The mail server there did not take it within four days.",
  "report.too-large": "The mail server there found it too large.",
  "report.policy": "The mail server there refused it by a rule of its own.",
  "report.connection": "No mail server there could be reached within four days.",
  "report.unknown": "The mail server there refused it.",
  "report.said": "The server said: {answer}",
  "report.about": "It was your mail “{subject}”.",
  "report.todo":
    "It is not tried any more. Try again later, or reach them another way; the report’s other parts are for mail admins.",
} as const
