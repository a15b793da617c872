import { simpleParser } from "mailparser"
import { describe, expect, it } from "vitest"
import { composeMail } from "../../relay/mail/compose.ts"
import type { MailContent } from "../../relay/mail/content.ts"
import { MARKER } from "../../relay/mail/marker.ts"
import { firstWords, subjectOf } from "../../relay/mail/subject.ts"
import { LANGUAGES } from "../../shared/words/nouns.ts"
import {
  addressCode,
  answer,
  code,
  destinationChanged,
  ENVELOPE,
  hostileNotice,
  inboxNotice,
  invitation,
  mailAnswer,
  mailNotice,
  missedNotice,
  notice,
  SAMPLES,
  transcript,
} from "./sample-mails.ts"

const write = async (content: MailContent) => {
  const raw = await composeMail(content, ENVELOPE)
  return { raw, mail: await simpleParser(raw, { skipHtmlToText: true, skipTextToHtml: true }) }
}

/** Names of header fields, in order. */
const fields = (raw: Buffer): string[] =>
  raw
    .toString("latin1")
    .split("\r\n\r\n")[0]!
    .split(/\r\n(?![ \t])/)
    .map((line) => line.split(":")[0]!.toLowerCase())

describe.each(Object.keys(SAMPLES))("every mail, such as %s", (name) => {
  it.each(LANGUAGES)("is well formed in %s", async (language) => {
    const { raw, mail } = await write({ ...SAMPLES[name]!, language })
    const bytes = raw.toString("latin1")
    expect(bytes).not.toMatch(/[^\r]\n|\r[^\n]/)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: 7 bit is what is asked for
    expect(bytes).toMatch(/^[\u0009\u000a\u000d\u0020-\u007e]*$/)
    expect(Math.max(...bytes.split("\r\n").map((line) => line.length))).toBeLessThanOrEqual(998)
    const names = fields(raw)
    expect(new Set(names).size).toBe(names.length)
    expect(names).not.toContain("bcc")
    expect(mail.messageId).toBe(ENVELOPE.messageId)
    expect(mail.date?.getTime()).toBe(ENVELOPE.createdAt)
    expect(mail.text).toBeTruthy()
    expect(mail.html).toBeTruthy()
  })
})

describe("a conversation as a visitor asked for it", () => {
  it("has it whole, comes from the site, and can be answered", async () => {
    const { raw, mail } = await write(transcript)
    expect(mail.from?.value).toEqual([
      { name: "Lumen Lamps", address: `r-${transcript.replyToken}@${ENVELOPE.domain}` },
    ])
    expect(mail.subject).toBe("Your conversation with Lumen Lamps")
    for (const { text } of transcript.messages) expect(mail.text).toContain(text)
    expect(mail.text).toContain("Attachment: prices.pdf")
    expect(mail.text).not.toContain("older message")
    // A program wrote it, at a person's wish: no absence note is to come back.
    expect(raw.toString("latin1")).toMatch(/^Auto-Submitted: auto-generated\r$/m)
    expect((await write({ ...transcript, more: 7 })).mail.text).toContain("7 older messages are not here")
  })
})

describe("every mail with links", () => {
  it("sets the colon off the word before it in French, and in French alone", async () => {
    const { mail: french } = await write({ ...mailNotice, language: "fr" })
    expect(french.text).toMatch(/espace de travail\u00a0: http/)
    expect(french.text).toMatch(/^E-mail\u00a0: /m)
    expect(french.text).not.toMatch(/[^\u00a0]: (?!\d)/)
    const { mail: german } = await write({ ...mailNotice, language: "de" })
    expect(german.text).toMatch(/In der Konsole öffnen: http/)
  })
})

describe("an offline notice", () => {
  it("comes from the visitor by the site, and says what they wrote, where and when", async () => {
    const { mail } = await write(notice)
    expect(mail.from?.value).toEqual([
      { name: "Jana Nováková · Lumen Lamps", address: `r-${notice.replyToken}@chat.example.com` },
    ])
    expect(mail.subject).toBe("Hello! Do you ship the oak desk lamp to Norway, and how long does it…")
    expect(mail.text?.startsWith(`${MARKER}\n`)).toBe(true)
    for (const said of [
      "21 Nov, 18:40\n  Hello! Do you ship",
      "  I would need it before Christmas.\n\n  Two of them, actually.",
      "Page: Oak desk lamp – https://lumen.example/lamps/oak-desk-lamp?colour=walnut",
      "Their time: 12:40 (America/New_York)",
      "E-mail: jana@example.org",
      `Open in the desk: https://chat.example.com/desk#/c/${notice.conversationId}`,
      "Why you get this: nobody",
      "This mail is for Ada.",
      "Answer by replying to this mail: Jana Nováková gets your words",
    ]) {
      expect(mail.text).toContain(said)
    }
    expect(mail.html).toContain(`href="https://chat.example.com/desk#/c/${notice.conversationId}"`)
    expect(mail.headers.get("auto-submitted")).toBe("auto-generated")
    expect(mail.headers.get("x-auto-response-suppress")).toBe("All")
    expect(mail.inReplyTo).toBeUndefined()
  })

  it("says for whom it stands, how many more there are, and follows in its thread", async () => {
    const { mail } = await write(inboxNotice)
    expect(mail.from?.value[0]?.name).toBe("Besucher · Lumen Lamps")
    expect(mail.subject).toBe(inboxNotice.topic)
    expect(mail.text).toContain("und 3 weitere Nachrichten")
    expect(mail.text).toContain("Sammelpostfach von Lumen GmbH und gilt für Ada, Ben und Cleo")
    expect(mail.text).toContain("Eine E-Mail-Adresse wurde nicht hinterlassen")
    expect(mail.inReplyTo).toBe("<dl.root@chat.example.com>")
    expect(mail.references).toBe("<dl.root@chat.example.com>")
  })

  it("says so when several agents share the address", async () => {
    const { mail } = await write({ ...notice, forWhom: ["Ada", "Ben"] })
    expect(mail.text).toContain("stands for Ada and Ben, who share this address")
  })

  it("lets nothing in a name, a title or a message become markup, a header or a line of ours", async () => {
    const { raw, mail } = await write(hostileNotice)
    expect(mail.bcc).toBeUndefined()
    expect(mail.from?.value).toHaveLength(1)
    expect(mail.from?.value[0]?.name).toMatch(/^Visitor · Shop "é" X-Evil: all@example\.org$/)
    expect(mail.text).not.toContain("Their time")
    const html = String(mail.html)
    expect(html.match(/<(script|img|iframe|object|link|svg)\b/gi)).toBeNull()
    expect(html).not.toMatch(/href="javascript/i)
    expect(html).toContain("&lt;script&gt;alert(1)&lt;/script&gt;")
    expect(html.match(/\b(?:src|background|srcset)\s*=\s*"/g)).toBeNull()
    expect(mail.text?.split("\n").filter((line) => line === MARKER)).toHaveLength(1)
    expect(mail.text).toContain("  .\n  .\n  From the start\n  ..")
    expect(mail.text).toContain("ünïcödé 🦊 مرحبا بالعالم — שלום")
    expect(fields(raw)).not.toContain("x-evil")
  })

  it("uses a name that looks like an address nowhere in From", async () => {
    const { mail } = await write({ ...notice, visitor: { ...notice.visitor, name: "ceo@bank.example" } })
    expect(mail.from?.value[0]?.name).toBe("Visitor · Lumen Lamps")
  })
})

describe("a notice of a missed conversation", () => {
  it("says that somebody was there, that nobody joined and that the visitor has left", async () => {
    const { mail } = await write(missedNotice)
    expect(mail.text).toContain("Jana Nováková wrote on Lumen Lamps and left before anybody joined:")
    expect(mail.text).toContain("somebody who answers for it was there, but nobody joined")
    expect(mail.text).toContain("gets your words by e-mail, and finds them in the chat on coming back")
    expect(mail.text).not.toContain("while nobody was there")
  })

  it("is of one thread with the offline notices of the conversation, by subject, sender and first mail", async () => {
    const offline = await write(notice)
    const { mail } = await write({ ...missedNotice, first: false, threadId: "<dl.root@chat.example.com>" })
    expect(mail.subject).toBe(offline.mail.subject)
    expect(mail.from?.text).toBe(offline.mail.from?.text)
    expect(mail.inReplyTo).toBe("<dl.root@chat.example.com>")
  })

  it("says what becomes of an answer where no address was left", async () => {
    const { mail } = await write({ ...missedNotice, visitor: { ...missedNotice.visitor, address: null } })
    expect(mail.text).toContain("your words wait in the chat for when the visitor comes back")
  })
})

describe("an answer to a visitor", () => {
  it("comes from the agent by the site, as a person's mail", async () => {
    const { mail } = await write(answer)
    expect(mail.from?.value[0]?.name).toBe("Ada · Lumen Lamps")
    expect(mail.subject).toBe("Answer to: Do you ship the oak desk lamp to Norway?")
    expect(mail.text).toContain("You, 21 Nov, 12:40\n  Do you ship")
    expect(mail.text).toContain("Ada, 21 Nov, 12:55\n  Yes, we do: 4 to 6 days, 12 €")
    expect(mail.headers.has("auto-submitted")).toBe(false)
  })

  it("says that it is automatic when only a bot answered", async () => {
    const { mail } = await write({
      ...answer,
      messages: [{ author: "bot", name: null, text: "We are busy and will be with you.", at: 0 }],
    })
    expect(mail.headers.get("auto-submitted")).toBe("auto-replied")
    expect(mail.from?.value[0]?.name).toBe("Lumen Lamps")
    expect(mail.subject).toBe("Answer from Lumen Lamps")
  })
})

it("a sign-in code is in the subject and in the body, with its life", async () => {
  const { mail } = await write(code)
  expect(mail.subject).toBe("402913 is your Porchlight sign-in code")
  expect(mail.text).toContain("402913")
  expect(mail.text).toContain("within 10 minutes")
  expect(mail.text).toContain("If you did not ask for it")
  expect(mail.from?.value[0]?.address).toBe("postmaster@chat.example.com")
})

describe("an answer to somebody who wrote by mail", () => {
  it("goes under their own mail, with the files that fit, and says which do not", async () => {
    const file = {
      name: "Angebot Schule (3 Etagen).pdf",
      type: "application/pdf",
      bytes: Buffer.from("%PDF"),
    }
    const raw = await composeMail(mailAnswer, ENVELOPE, [file])
    const mail = await simpleParser(raw)
    expect(mail.subject).toBe("Re: Lamps for a school")
    expect(mail.inReplyTo).toBe("<1@customer.example>")
    expect(mail.references).toEqual(["<0@customer.example>", "<1@customer.example>"])
    expect(mail.text).toContain("Ada answered your e-mail:")
    expect(mail.text).toContain("Attachment: Angebot Schule (3 Etagen).pdf (120 kB)")
    expect(mail.text).toContain("Too large to come along: showroom.mp4 (21 MB)")
    expect(mail.text).toContain("because you wrote to inbox@mail.example")
    const { attachments } = mail
    expect(
      attachments.map(({ filename, contentType, content }) => [filename, contentType, `${content}`]),
    ).toEqual([["Angebot Schule (3 Etagen).pdf", "application/pdf", "%PDF"]])
  })

  it.each([
    ["Lamps", "Re: Lamps"],
    ["Re: Lamps", "Re: Lamps"],
    ["RE: AW: Re[3]: Lamps", "Re: Lamps"],
    ["Réf : Sv: lampes", "Re: lampes"],
    ["Refund: where is it?", "Re: Refund: where is it?"],
    ["", "Re:"],
    ["Lamps\r\nBcc: x@y.example", "Re: Lamps Bcc: x@y.example"],
  ])("to %j has the subject %j", (subject, expected) =>
    expect(subjectOf({ ...mailAnswer, answers: { ...mailAnswer.answers!, subject } })).toBe(expected),
  )
})

describe("a notice of a mail", () => {
  it("says where it was written to, its subject and its files, and no time of the sender's, which nobody knows", async () => {
    const { mail } = await write(mailNotice)
    expect(mail.subject).toBe("Lamps for a school")
    expect(mail.text).toMatch(/ wrote to inbox@mail\.example:\n/)
    expect(mail.text).toContain("In the desk, not in this mail: plan.pdf (1.3 MB)")
    expect(mail.text).not.toContain("Their time")
    expect(mail.attachments).toEqual([])
    // the control: of a chat it is said
    expect((await write(notice)).mail.text).toContain("Their time")
  })
})

describe("what the relay writes itself", () => {
  it("says to a new address who wants what of it, and brings the code", async () => {
    const { mail } = await write(addressCode)
    expect(mail.subject).toBe("830175 confirms this address for Lumen GmbH")
    expect(mail.text).toContain("Ada wants to get the messages of Lumen GmbH at this address")
    expect(mail.text).toContain("    830175\n")
    expect(mail.text).toContain("without this code nothing else from Lumen GmbH comes here")
    const inbox = await write({ ...addressCode, purpose: "redirect" })
    expect(inbox.mail.text).toContain(
      "Ada wants messages from visitors of Lumen GmbH to come to this address",
    )
  })

  it("tells the address that was given up what happened, not whose it is now, and what to do", async () => {
    const { mail } = await write(destinationChanged)
    expect(mail.text).toContain("When: 21 Nov, 18:40\nBy: Ada\nUntil now: ada@lumen.example")
    expect(mail.text).toContain("From now on: p…@ada.example")
    expect(mail.text).toContain("If this was not you, tell an admin of Lumen GmbH at once")
    for (const part of [mail.text, mail.html]) expect(part).not.toContain("private")
  })

  it("invites with the address to sign in with, and the way there", async () => {
    const { mail } = await write(invitation)
    expect(mail.text).toContain("Ben, Ada has added you to the team of Lumen GmbH.")
    expect(mail.text).toContain("Sign in as ben@lumen.example")
    expect(mail.text).toContain("Open the desk: https://chat.example.com/desk\n")
  })

  it("comes from the postmaster, as automatic mail that begins no thread", async () => {
    for (const content of [addressCode, destinationChanged, invitation]) {
      const { mail } = await write(content)
      expect(mail.from?.value).toEqual([{ name: "Porchlight", address: "postmaster@chat.example.com" }])
      expect(mail.headers.get("auto-submitted")).toBe("auto-generated")
      expect(mail.inReplyTo).toBeUndefined()
    }
  })
})

describe("a notice to a general inbox", () => {
  const taken = { ...inboxNotice, takeToken: inboxNotice.replyToken }

  it("has the link to take the conversation before the one to the desk, in both parts", async () => {
    const { mail } = await write(taken)
    const link = `https://chat.example.com/take#${inboxNotice.replyToken}`
    expect(mail.text).toContain(`Ich übernehme: ${link}\n\nIn der Konsole öffnen: https://`)
    expect(String(mail.html)).toContain(`href="${link}"`)
  })

  it("has no such link where there is no token for it", async () => {
    const { mail } = await write(inboxNotice)
    for (const part of [mail.text, mail.html]) expect(part).not.toContain("/take")
  })
})

it("the same facts give the same mail but for the boundary", async () => {
  const once = async () =>
    (await composeMail(notice, ENVELOPE)).toString().replaceAll(/_NmP-[0-9a-f]+/g, "boundary")
  expect(await once()).toBe(await once())
})

describe("the subject", () => {
  it("is cut between words and never empty", () => {
    expect(firstWords("one\r\ntwo\tthree")).toBe("one two three")
    expect(firstWords(`${"word ".repeat(30)}`)).toMatch(/^(word )+word…$/)
    expect(firstWords("🦊".repeat(100))).toBe(`${"🦊".repeat(69)}…`)
    expect(subjectOf({ ...notice, messages: [{ text: "\u0000\n", at: 0 }] })).toBe("Lumen Lamps")
  })
})
