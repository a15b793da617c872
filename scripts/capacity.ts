import { COSTS } from "./capacity/costs.ts"
import { needOf, relaysFor, TEAM } from "./capacity/model.ts"
import { simulate } from "./capacity/simulate.ts"

/**
 * How many relays so many teams take, and how big a database: `npm run capacity`, or `npm run capacity -- 500` for
 * five hundred. The model multiplies what was measured; the simulation lets it come as it comes. docs/scale.md.
 */
const asked = process.argv.slice(2).map(Number)
if (asked.some((count) => !Number.isInteger(count) || count < 1)) {
  console.error("Name whole numbers of teams, such as: npm run capacity -- 10 500")
  process.exit(2)
}

const figure = (value: number): string =>
  value >= 100 ? Math.round(value).toLocaleString("en") : Number(value.toPrecision(2)).toLocaleString("en")

const { agents, devicesPerAgent, visitors, messagesAnHour, mailsAnHour } = TEAM
console.log(
  `A team in its busiest hour: ${agents} agents with ${devicesPerAgent} devices each, ${visitors} visitors on its pages, ${messagesAnHour} messages, ${mailsAnHour} mails.\n`,
)
console.log(
  "| teams | store | sockets | beats/s | messages/s | mails/s | relay cores | database cores | written MB/s | memory GB | kept GB a year | relays | busy, simulated | wait p99, simulated, ms |",
)
console.log(`|${" ---: |".repeat(14)}`)
for (const teams of asked.length > 0 ? asked : [1, 1_000, 1_000_000]) {
  for (const [store, costs] of Object.entries(COSTS)) {
    const need = needOf(teams, costs)
    const relays = relaysFor(need)
    // The embedded store has one relay.
    if (store === "SQLite" && relays > 1) continue
    const { busy, waitP99 } = simulate(teams, costs)
    const cells = [
      need.sockets,
      need.beatsASecond,
      need.messagesASecond,
      need.mailsASecond,
      need.relayCores,
      need.databaseCores,
      need.writtenMB,
      need.memoryGB,
      need.keptGB,
      relays,
    ].map(figure)
    console.log(
      `| ${teams.toLocaleString("en")} | ${store} | ${cells.join(" | ")} | ${(busy * 100).toFixed(1)} % | ${figure(waitP99)} |`,
    )
  }
}
