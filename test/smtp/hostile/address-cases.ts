import { DAY } from "../../../shared/words/time.ts"
import { type Case, person, STORED } from "./case.ts"
import { ANNA, D, IDN, type Scene } from "./scene.ts"

/** What is written where an address belongs. */

/** The answers to these commands, each in one session after MAIL FROM. */
const recipients =
  (...commands: string[]) =>
  async (scene: Scene): Promise<string[]> => {
    const client = await scene.greeted()
    await client.say("MAIL FROM:<a@client.example>")
    const answers = await client.sayAll(...commands.map((address) => `RCPT TO:<${address}>`))
    await client.quit()
    return answers
  }

const routes: Case[] = [
  {
    of: "source routes and `%` hacks",
    name: "none leads anywhere",
    run: recipients(
      `@${D}:victim@elsewhere.example`,
      `@${D},@x.example:${ANNA}`,
      `victim%elsewhere.example@${D}`,
      `elsewhere.example!victim@${D}`,
      `"victim@elsewhere.example"@${D}`,
      "victim@elsewhere.example",
      `anna@[127.0.0.1]`,
    ),
    hears: [
      /^553 5\.1\.3/,
      /^553 5\.1\.3/,
      /^553 5\.1\.3/,
      /^553 5\.1\.3/,
      /^5\d\d 5\.1\.[13]/,
      /^550 5\.7\.1/,
      /^550 5\.7\.1/,
    ],
  },
]

const international: Case[] = [
  {
    of: "IDN in both forms",
    name: "our domain in Unicode, in xn-- and in capitals is ours; one that looks like it is not",
    run: async (scene) => {
      const names = [
        `anna@${IDN}`,
        `ANNA@${D.toUpperCase()}`,
        `anna@${IDN.toUpperCase()}`,
        "anna@posta.example",
      ]
      const answers: string[] = []
      for (const name of names) answers.push(await scene.send(person({ Subject: `to ${name}` }), name))
      return answers
    },
    hears: [STORED, STORED, STORED, /^550 5\.7\.1/],
    leaves: { forwards: 3 },
  },
]

const flip = (address: string): string => address.replace(/.@/, (end) => (end === "a@" ? "b@" : "a@"))
const capitals = (address: string): string => address.toUpperCase()

const tokens: Case[] = [
  {
    of: "expired, altered, upper-cased tokens",
    name: "an altered reply address is nobody's",
    run: (scene) => recipients(flip(scene.reply), `${scene.reply[0]}${scene.reply}`)(scene),
    hears: [/^550 5\.1\.1/, /^550 5\.1\.1/],
  },
  {
    of: "expired, altered, upper-cased tokens",
    name: "capitals are the same address, for answers and for reports",
    run: async (scene) => [
      await scene.send(
        person({ Subject: "Re: Lamps" }, "Yes."),
        capitals(scene.reply),
        "anna@lamplight.example",
      ),
      await scene.send(
        "Subject: Out of office\r\nAuto-Submitted: auto-replied\r\n\r\nAway.",
        capitals(scene.bounce),
        "",
      ),
    ],
    hears: [STORED, STORED],
    // from somebody who cannot be Anna: it waits for the desk
    leaves: { kept: 1, reports: 1 },
  },
  {
    of: "expired, altered, upper-cased tokens",
    name: "the address for reports is nobody's 30 days after its mail",
    run: async (scene) => {
      const before = await recipients(scene.bounce)(scene)
      const id = `dl_${scene.bounce.slice(2, 22)}`
      const age = (ms: number) =>
        scene.change(`UPDATE deliveries SET created_at = created_at - ${ms} WHERE id = '${id}'`)
      age(30 * DAY)
      const expired = await recipients(scene.bounce)(scene)
      age(-30 * DAY)
      return [...before, ...expired]
    },
    hears: [/^250 2\.1\.5/, /^550 5\.1\.1/],
  },
]

export const ADDRESS_CASES: Case[] = [...routes, ...international, ...tokens]
