import { randomBase32 } from "../../shared/words/ids.ts"
import { snippet } from "../http/snippet.ts"
import { EXIT } from "../start-error.ts"
import { type Command, type Io, none, readArgs, withNewStore } from "./command.ts"
import { printDone } from "./print.ts"
import { asAddress, asLanguage, asName, asOrigins, asSeconds, asZone, required } from "./values.ts"

/** `porchlight setup`: the first company, agent and site; or the link to the page that asks for them. */
export const setup: Command = {
  name: "setup",
  summary: "first company, agent and site, or the link to the set-up page",
  help: `usage: porchlight setup [--json]
       porchlight setup --company NAME --name NAME --address ADDRESS --site NAME --origin ORIGIN [--origin …]
                        [--language en] [--zone UTC] [--grace S] [--wait S] [--json]

Without options: prints the link of the set-up page, which works while the relay runs.
With them: makes the first account, its admin and its site, and prints the tag for the site's pages.
  --grace, --wait   seconds, 0 to 600; shorter ones are good for a trial

example:
  porchlight setup --company "Lamps Ltd" --name "Ada Novak" --address ada@lamps.example \\
                   --site Lamps --origin https://lamps.example`,
  run: (args, io) => {
    const { values, positionals } = readArgs(args, {
      company: { type: "string" },
      name: { type: "string" },
      address: { type: "string" },
      site: { type: "string" },
      origin: { type: "string", multiple: true },
      language: { type: "string" },
      zone: { type: "string" },
      grace: { type: "string" },
      wait: { type: "string" },
      json: { type: "boolean", default: false },
    })
    none(positionals)
    const { json, ...given } = values
    if (Object.keys(given).length === 0) return printLink(io, json)

    const first = {
      company: required("company", asName("company", given.company)),
      agent: {
        name: required("name", asName("name", given.name)),
        address: required("address", asAddress("address", given.address)),
        language: asLanguage("language", given.language) ?? "en",
        zone: asZone("zone", given.zone) ?? "UTC",
      },
      site: {
        name: required("site", asName("site", given.site)),
        origins: required("origin", asOrigins("origin", given.origin)),
      },
    }
    const grace = asSeconds("grace", given.grace)
    const wait = asSeconds("wait", given.wait)
    return withNewStore(io, async ({ store, clock, config }) => {
      const times = { graceMs: grace ?? config.graceMs, waitMs: wait ?? config.waitMs }
      const made = await store.run("setUp", { ...first, ...times }, clock.now())
      const tag = snippet(config.publicUrl, made.siteKey)
      const sentence = `${first.company} is set up. ${first.agent.name} signs in as ${first.agent.address} at ${config.publicUrl}/desk.\nPut this on the pages of ${first.site.name}:\n${tag}`
      printDone(io, json, { ...made, snippet: tag }, sentence)
      return EXIT.ok
    })
  },
}

const printLink = (io: Io, json: boolean) =>
  withNewStore(io, async ({ store, clock, config }) => {
    const secret = { name: "setup-key", make: randomBase32(32) }
    const { value } = await store.run("readSecret", secret, clock.now())
    const link = `${config.publicUrl}/setup#key=${value}`
    printDone(io, json, { link }, link)
    return EXIT.ok
  })
