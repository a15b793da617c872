import { type Holder, siteSpans, standingAt } from "../../shared/insight/holders.ts"
import type { TimelineMark, TimelineView } from "../../shared/protocol/views.ts"
import { HOUR, MINUTE, type Millis, SECOND } from "../../shared/words/time.ts"
import { EXIT } from "../start-error.ts"
import { type Command, none, readArgs, UsageError, withStore } from "./command.ts"
import { moment, plain } from "./print.ts"
import { findAccount, findAgent } from "./values.ts"

/** `porchlight timeline`: who was there when, what the light showed, what was decided. */
export const timeline: Command = {
  name: "timeline",
  summary: "who was there when, by which device, and what the light showed",
  help: `usage: porchlight timeline [--account ACCOUNT] [--from WHEN] [--to WHEN] [--agent AGENT] [--json]
       porchlight timeline [--account ACCOUNT] --at WHEN [--json]

Prints the light of the sites and groups, each agent's status, each device's presence, and the messages,
decisions and mails of a time: the last 24 hours, or --from until --to (at most 31 days). --at answers who
kept the sites online at one moment. WHEN is like 2026-11-20T18:40, in this machine's time zone. ACCOUNT is an
id or a name, AGENT an id or an address.

examples:
  porchlight timeline --from 2026-11-20T08:00 --to 2026-11-20T20:00
  porchlight timeline --at 2026-11-20T18:40`,
  run: (args, io) => {
    const { values, positionals } = readArgs(args, {
      account: { type: "string" },
      from: { type: "string" },
      to: { type: "string" },
      at: { type: "string" },
      agent: { type: "string" },
      json: { type: "boolean", default: false },
    })
    none(positionals)
    const at = asMoment("at", values.at)
    if (at !== undefined && (values.from ?? values.to) !== undefined)
      throw new UsageError("--at is one moment: leave --from and --to out")
    const from = asMoment("from", values.from)
    const to = asMoment("to", values.to)
    return withStore(io, async (opened) => {
      const now = opened.clock.now()
      const accountId = await findAccount(opened, values.account)
      const agent = values.agent === undefined ? null : await findAgent(opened, values.agent)
      const end = at === undefined ? (to ?? (from === undefined ? now : from + DAY)) : at + MINUTE
      const asked = { from: at ?? from ?? end - DAY, to: end }
      const only = agent === null ? {} : { agentId: agent.agentId }
      const view = await opened.store.run("readTimeline", { accountId, ...asked, ...only }, now)
      if (at !== undefined) {
        const standing = standingAt(view, at)
        io.out(values.json ? JSON.stringify({ at, standing }, null, 2) : tellStanding(at, view))
      } else io.out(values.json ? JSON.stringify(view, null, 2) : tell(view))
      return EXIT.ok
    })
  },
}

const DAY = 24 * HOUR

/** A moment in this machine's zone, as a person writes it. */
const asMoment = (option: string, value: string | undefined): Millis | undefined => {
  if (value === undefined) return undefined
  const at = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2})?)?$/.test(value)
    ? new Date(value.length === 10 ? `${value}T00:00` : value.replace(" ", "T")).getTime()
    : Number.NaN
  if (Number.isNaN(at)) throw new UsageError(`--${option} “${value}”: it has to be like 2026-11-20T18:40`)
  return at
}

const tellHolder = ({ name, device, presence, busy }: Holder): string =>
  `${plain(name)} by ${plain(device)} (${presence}${busy ? ", busy" : ""})`

const tellStanding = (at: Millis, view: TimelineView): string => {
  const standing = standingAt(view, at)
  if (standing === null)
    return `Nothing is kept of ${moment(at)}; history begins at ${moment(view.keptFrom)}.`
  if (!standing.on) return `At ${moment(at)} the light was off: nobody kept the sites online.`
  const lines = standing.holders.map((holder) => `  ${tellHolder(holder)}`)
  return [`At ${moment(at)} the sites were online by:`, ...lines].join("\n")
}

const length = (ms: Millis): string => {
  const seconds = Math.round(ms / SECOND)
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60), seconds % 60]
  return [h > 0 ? `${h} h` : "", m > 0 ? `${m} min` : "", s > 0 && h === 0 ? `${s} s` : ""]
    .filter((part) => part !== "")
    .join(" ")
}

interface Said {
  from: Millis
  to: Millis
  what: string
}

const row = (spans: readonly Said[], indent: string): string[] =>
  spans.map(({ from, to, what }) => `${indent}${moment(from)}  ${what.padEnd(11)} ${length(to - from)}`)

const tell = (view: TimelineView): string => {
  const lines = [`${moment(view.from)} – ${moment(view.to)}`]
  if (view.keptFrom > view.from) lines.push(`Nothing is kept of before ${moment(view.keptFrom)}.`)
  if (view.cut) lines.push(`More happened than fits: go on with --from ${moment(view.to).replace(" ", "T")}.`)
  const light = (spans: { from: Millis; to: Millis; on: boolean }[]): string[] =>
    row(
      spans.map(({ on, ...span }) => ({ ...span, what: on ? "on" : "off" })),
      "  ",
    )
  lines.push("", "Light of the sites", ...light(siteSpans(view)))
  for (const { groupId, group, spans } of view.lights)
    if (groupId !== null) lines.push("", `Light of ${plain(group ?? "")}`, ...light(spans))
  for (const agent of view.agents) {
    lines.push("", plain(agent.name))
    lines.push(
      ...row(
        agent.intents.map(({ intent, ...span }) => ({ ...span, what: intent })),
        "  ",
      ),
    )
    lines.push(
      ...row(
        agent.closed.map((span) => ({ ...span, what: "hours closed" })),
        "  ",
      ),
    )
    for (const device of agent.devices) {
      const spans = device.spans.map(({ presence, ...span }) => ({ ...span, what: presence as string }))
      lines.push(
        `  ${plain(device.label)} (${device.kind})`,
        ...row(
          spans.filter((span) => span.what !== "gone"),
          "    ",
        ),
      )
    }
  }
  if (view.marks.length > 0)
    lines.push("", "What happened", ...view.marks.map((mark) => tellMark(mark, view)))
  return lines.join("\n")
}

const tellMark = (mark: TimelineMark, view: TimelineView): string => {
  const about = `${moment(mark.at)}  ${mark.conversationId}`
  const nameOf = (id: string): string => view.agents.find((agent) => agent.id === id)?.name ?? id
  switch (mark.kind) {
    case "message":
      return `  ${about}  message ${mark.seq} by the ${mark.author}: “${plain(mark.excerpt)}”`
    case "mail":
      return `  ${about}  ${mark.mail} to ${plain(mark.to)} (${mark.state})`
    default: {
      const codes = Object.entries(mark.codes).map(([code, ids]) => `${code}: ${ids.map(nameOf).join(", ")}`)
      return `  ${about}  decided about message ${mark.seqs.join(", ")}: ${plain(codes.join("; "))}`
    }
  }
}
