import { expect } from "vitest"
import { FALSE_ENDS } from "../../kit/false-ends.ts"
import { until } from "../../kit/until.ts"
import { type Case, STORED } from "./case.ts"
import { ANNA, D, INBOX, type Scene } from "./scene.ts"

/** What a client does with the session itself. */

const OUTER = "Subject: outer\r\n\r\nbody"
const SMUGGLED = `MAIL FROM:<evil@client.example>\r\nRCPT TO:<${ANNA}>\r\nDATA\r\nSubject: smuggled\r\n\r\nevil`
const MB = 1024 * 1024
/** PORCHLIGHT_SMTP_MAX_SIZE, as it is without being set. */
const LIMIT = 25_000_000

const inData = async (scene: Scene) => {
  const client = await scene.greeted()
  await client.sayAll("MAIL FROM:<a@client.example>", `RCPT TO:<${ANNA}>`, "DATA")
  return client
}

const smuggling: Case[] = [
  {
    of: "smuggling attempts with every end-of-data variant",
    name: `a second mail behind each of ${FALSE_ENDS.length} false ends`,
    run: async (scene) => {
      const client = await scene.greeted()
      const answers: string[] = []
      for (const end of FALSE_ENDS) {
        answers.push(await client.mail(`${OUTER}${end}${SMUGGLED}`, ANNA))
        // were any of it listened to, this would be the answer to that
        answers.push(await client.say("NOOP"))
      }
      await client.quit()
      return answers
    },
    hears: FALSE_ENDS.flatMap(() => [/^554 5\.6\.11 /, /^250 2\.0\.0 OK$/]),
  },
  {
    of: "smuggling attempts with every end-of-data variant",
    name: "a second mail behind a stuffed dot is text of the first",
    run: async (scene) => [await scene.send(`${OUTER}\r\n..\r\n${SMUGGLED}`, ANNA)],
    hears: [STORED],
    leaves: { forwards: 1 },
    after: async (scene) => {
      const sent = await until("it goes on", () => scene.passedOn().find(({ raw }) => raw.includes(OUTER)))
      expect(sent.raw.toString()).toContain(`${OUTER}\r\n.\r\n${SMUGGLED}\r\n`)
    },
  },
  {
    of: "smuggling attempts with every end-of-data variant",
    name: "a second mail behind CRLF.CRLF is one of its own (the control)",
    run: async (scene) => {
      const client = await scene.greeted()
      const answers = [await client.mail(`${OUTER}\r\n.\r\n${SMUGGLED}`, ANNA)]
      for (let n = 0; n < 4; n += 1) answers.push(await client.answer())
      await client.quit()
      return answers
    },
    hears: [STORED, /^250 2\.1\.0/, /^250 2\.1\.5/, /^354 /, STORED],
    leaves: { forwards: 2 },
  },
]

const dots: Case[] = [
  {
    of: "smuggling attempts with every end-of-data variant",
    name: "300,000 lines that are a dot each are one mail, and no end of any",
    run: async (scene) => [await scene.send(`Subject: dots\r\n\r\n${"..\r\n".repeat(300_000)}end`, ANNA)],
    hears: [STORED],
    leaves: { forwards: 1 },
    after: async (scene) => {
      const sent = await until("it goes on", () =>
        scene.passedOn().find(({ raw }) => raw.includes("Subject: dots\r\n")),
      )
      const mail = `Subject: dots\r\n\r\n${".\r\n".repeat(300_000)}end\r\n`
      expect(sent.raw.subarray(-mail.length).equals(Buffer.from(mail))).toBe(true)
    },
  },
]

const injection: Case[] = [
  {
    of: "STARTTLS injection",
    name: "commands in plain text behind STARTTLS are thrown away",
    run: async (scene) => {
      const client = await scene.greeted()
      const answers = [await client.startTls(`EHLO evil.example\r\n${SMUGGLED}\r\n.\r\n`)]
      answers.push(await client.say("DATA"), await client.say("EHLO client.example"))
      answers.push(await client.mail("Subject: over TLS\r\n\r\nright", ANNA))
      await client.quit()
      return answers
    },
    hears: [/^220 /, /^503 /, /^250-/, STORED],
    leaves: { forwards: 1 },
    after: async (scene) => {
      await until("it goes on", () =>
        scene
          .passedOn()
          .find(({ raw }) => /with ESMTPS id/.test(raw.toString()) && raw.includes("Subject: over TLS\r\n")),
      )
    },
  },
  {
    of: "HTTP on the SMTP port",
    name: "a web page's POST with a mail in its body",
    run: async (scene) => {
      const client = await scene.greeted()
      await client.write(`POST / HTTP/1.1\r\nHost: ${D}:25\r\n\r\n${SMUGGLED}\r\n.\r\n`)
      return [(await client.closed()).split("\r\n").at(-2) ?? ""]
    },
    hears: [/^421 4\.7\.0 This is a mail server, not a web server/],
  },
]

const floods: Case[] = [
  {
    of: "endless lines",
    name: "a command line of 5 MB",
    run: async (scene) => {
      const client = await scene.greeted()
      await client.write("x".repeat(5 * MB))
      return [await client.answer()]
    },
    hears: [/^421 .*too long/],
  },
  {
    of: "endless lines",
    name: "a mail that is one line of 5 MB goes on as it came",
    run: async (scene) => [await scene.send(`Subject: one line\r\n\r\n${"x".repeat(5 * MB)}`, ANNA)],
    hears: [STORED],
    leaves: { forwards: 1 },
    after: async (scene) => {
      const sent = await until("it goes on", () =>
        scene.passedOn().find(({ raw }) => raw.includes("Subject: one line\r\n")),
      )
      expect(sent.raw.subarray(-5 * MB).toString()).toBe(`${"x".repeat(5 * MB - 2)}\r\n`)
    },
  },
  {
    of: "pipelining floods",
    name: "200,000 commands at once, whose answers nobody reads",
    run: async (scene) => {
      const client = await scene.greeted()
      await client.write("RSET\r\n".repeat(200_000))
      return [(await client.closed()).split("\r\n").at(-2) ?? ""]
    },
    hears: [/^421 4\.7\.0 Too many commands/],
  },
  {
    of: "pipelining floods",
    name: "20 whole mails in one write are 20 mails",
    run: async (scene) => {
      const client = await scene.greeted()
      const one = (n: number) =>
        `MAIL FROM:<a@client.example>\r\nRCPT TO:<${ANNA}>\r\nDATA\r\nSubject: pipelined ${n}.\r\n\r\nb\r\n.\r\n`
      await client.write(`${Array.from({ length: 20 }, (_, n) => one(n)).join("")}QUIT\r\n`)
      const answers = (await client.closed()).split("\r\n").filter((line) => line.startsWith("250 2.6.0"))
      return [String(answers.length)]
    },
    hears: [/^20$/],
    leaves: { forwards: 20 },
    after: async (scene) => {
      const subjects = (): string[] =>
        scene.passedOn().flatMap(({ raw }) => /^Subject: (pipelined \d+\.)/m.exec(raw.toString())?.[1] ?? [])
      await until("all have gone on", () => subjects().length >= 20)
      expect(new Set(subjects()).size).toBe(subjects().length)
    },
  },
  {
    of: "RCPT floods",
    name: "a hundred are taken, the next ten are for another mail; the hundred are one person, who gets one",
    run: async (scene) => {
      const client = await scene.greeted()
      await client.say("MAIL FROM:<a@client.example>")
      const answers: string[] = []
      for (let n = 0; n < 110; n += 1) answers.push(await client.say(`RCPT TO:<anna+${n}@${D}>`))
      await client.say("DATA")
      answers.push(await client.say("Subject: to a hundred\r\n\r\nb\r\n."))
      await client.quit()
      return answers
    },
    hears: [...Array(100).fill(/^250 2\.1\.5/), ...Array(10).fill(/^452 4\.5\.3/), STORED],
    leaves: { forwards: 1 },
  },
  {
    of: "RCPT floods",
    name: "who guesses names is shown out after 20",
    run: async (scene) => {
      const client = await scene.greeted()
      await client.say("MAIL FROM:<a@client.example>")
      for (let n = 0; n < 20; n += 1) await client.say(`RCPT TO:<guess${n}@${D}>`)
      return [await client.say(`RCPT TO:<guess20@${D}>`), await client.answer()]
    },
    hears: [/^550 5\.1\.1/, /^421 4\.7\.0 Too many errors/],
  },
  {
    of: "RCPT floods",
    name: "a mail bomb from the internet waits outside after 120 a minute, and others are written to",
    run: async (scene) => {
      const client = await scene.greetedAs("203.0.113.7")
      const answers: string[] = []
      for (let n = 0; n < 125; n += 1) {
        await client.say("MAIL FROM:<a@client.example>")
        answers.push(await client.say(`RCPT TO:<anna+${n}@${D}>`))
        await client.say("RSET")
        if (n % 45 === 44) await client.mail("Subject: still serious\r\n\r\nb", `postmaster@${D}`)
      }
      const other = await scene.greetedAs("203.0.113.8")
      await other.say("MAIL FROM:<a@client.example>")
      const toBen = await other.say(`RCPT TO:<${INBOX}>`)
      await other.quit()
      client.hangUp()
      return [answers[0]!, answers.find((answer) => !answer.startsWith("250")) ?? "", toBen]
    },
    hears: [/^250 2\.1\.5/, /^450 4\.2\.1/, /^250 2\.1\.5/],
    leaves: { operator: 2 },
  },
  {
    of: "40 MB against a 25 MB limit",
    name: "announced: refused before a byte of it",
    run: async (scene) => {
      const client = await scene.greeted()
      const answer = await client.say(`MAIL FROM:<a@client.example> SIZE=${40 * MB}`)
      await client.quit()
      return [answer]
    },
    hears: [/^552 5\.3\.4/],
  },
  {
    of: "40 MB against a 25 MB limit",
    name: "unannounced: refused, and cut off soon after the limit",
    run: async (scene) => {
      const client = await inData(scene)
      void client.write(Buffer.alloc(40 * MB, `${"x".repeat(78)}\r\n`))
      const answer = await client.answer(30_000)
      client.hangUp()
      return [answer]
    },
    hears: [/^552 5\.3\.4/],
  },
  {
    of: "40 MB against a 25 MB limit",
    name: "25 MB, which is none too many, goes on (the control)",
    run: async (scene) => {
      const head = "Subject: large\r\n\r\n"
      const lines = Buffer.alloc(LIMIT - head.length - 2, `${"x".repeat(78)}\r\n`)
      // ends in the middle of a line, and never in a CR of its own
      lines.fill("x", lines.length - 4)
      return [await scene.send(Buffer.concat([Buffer.from(head), lines]), ANNA)]
    },
    hears: [STORED],
    leaves: { forwards: 1 },
  },
]

export const SESSION_CASES: Case[] = [...smuggling, ...dots, ...injection, ...floods]
