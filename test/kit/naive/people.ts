import { type Heard, presenceAt } from "./devices.ts"
import type { Hours, Intent, Model, Notice, Redirect, Step } from "./words.ts"

type PeopleStep = Exclude<Step, { kind: "gap" } | { conversation: number }>

const WEEK = 7 * 24 * 3600

/** The people of an account and its settings, as they stand after the steps so far. */
export const createPeople = (model: Model) => {
  const agents = model.agents.map((agent) => ({
    admin: agent.admin,
    active: true,
    groups: [...agent.groups],
    intents: [] as Extract<Step, { kind: "intent" }>[],
    overrideUntil: null as number | null,
    switches: { offline: true, missed: true },
    redirect: null as Redirect | null,
    devices: agent.devices.map(({ phone }) => ({ phone, heard: [] as Heard[] })),
  }))
  const account = {
    plan: model.plan,
    switches: { offline: true, missed: true },
    inbox: null as Redirect | null,
  }
  const groups = model.groups.map((group) => ({
    hours: group.hours,
    deleted: false,
    inbox: null as Redirect | null,
  }))

  /** The group as it counts: null if deleted, or if the plan has no groups. */
  const counts = (group: number | null): number | null =>
    group === null || account.plan !== "pro" || groups[group]!.deleted ? null : group

  const groupsOf = (agent: number): number[] =>
    agents[agent]!.groups.filter((group) => counts(group) !== null)

  const isInAudience = (agent: number, group: number | null): boolean => {
    if (!agents[agent]!.active) return false
    const mine = groupsOf(agent)
    return group === null || mine.length === 0 || mine.includes(group)
  }

  const audience = (group: number | null): number[] =>
    agents.map((_, agent) => agent).filter((agent) => isInAudience(agent, group))

  const hoursOfGroup = (group: number): Hours => groups[group]!.hours ?? model.hours

  const hoursOfAgent = (agent: number): Hours[] => {
    const mine = groupsOf(agent)
    return mine.length === 0 ? [model.hours] : mine.map(hoursOfGroup)
  }

  const isOpen = (hours: Hours, t: number): boolean =>
    account.plan === "free" || hours === null || hours.some(({ from, to }) => from <= t && t < to)

  const hasHours = (agent: number, group: number | null, t: number): boolean => {
    const { overrideUntil } = agents[agent]!
    if (overrideUntil !== null && t < overrideUntil) return true
    const all = group === null ? hoursOfAgent(agent) : [hoursOfGroup(group)]
    return all.some((hours) => isOpen(hours, t))
  }

  /** The next opening of any of the agent's hours that are closed; refused where none are. */
  const override = (agent: number, t: number, on: boolean): void => {
    const closed = hoursOfAgent(agent).filter((hours) => !isOpen(hours, t))
    if (on && closed.length === 0) return
    const openings = closed.flatMap((hours) => hours!.map(({ from }) => from).filter((from) => from > t))
    agents[agent]!.overrideUntil = !on ? null : openings.length > 0 ? Math.min(...openings) : t + WEEK
  }

  const endOfDay = (at: number): number => (at < model.dayEnds ? model.dayEnds : model.dayEnds + WEEK / 7)

  /**
   * What an agent shows by what they chose. A status that ends gives way to the one before it: the last one
   * that was another, not counting those that were to pass; who had none such becomes available, or
   * unavailable after having been available for a time.
   */
  const intentOf = (agent: number, t: number): Intent => {
    let shown: Intent = "available"
    let ends: number | null = null
    let before: Intent | null = null
    const pass = (at: number) => {
      if (ends === null || at < ends) return
      shown = before ?? "available"
      ends = null
      before = null
    }
    for (const { at, intent, until } of agents[agent]!.intents) {
      pass(at)
      if (ends === null && shown !== intent) before = shown
      if (before === null || before === intent) before = intent === "available" ? "unavailable" : "available"
      shown = intent
      ends =
        until === null
          ? null
          : until === "30-minutes"
            ? at + 1800
            : until === "1-hour"
              ? at + 3600
              : endOfDay(at)
    }
    pass(t)
    return shown
  }

  /** Asked several times a second; the same history gives the same answer. */
  const shown = agents.map(() => ({ t: -1, heard: -1, devices: [] as ReturnType<typeof presenceAt>[] }))

  const devicesOf = (agent: number, t: number): readonly ReturnType<typeof presenceAt>[] => {
    const { devices } = agents[agent]!
    const heard = devices.reduce((sum, device) => sum + device.heard.length, 0)
    const last = shown[agent]!
    if (last.t !== t || last.heard !== heard) {
      const now = devices.map((device) =>
        presenceAt(device.heard, t, { phone: device.phone, grace: model.grace }),
      )
      Object.assign(last, { t, heard, devices: now })
    }
    return last.devices
  }

  const isWilling = (agent: number, t: number): boolean =>
    agents[agent]!.active && intentOf(agent, t) !== "unavailable"

  /** A step that concerns people and settings only. */
  const change = (step: PeopleStep): void => {
    switch (step.kind) {
      case "beat":
      case "quit":
        agents[step.agent]!.devices[step.device]!.heard.push(step)
        break
      case "intent":
        agents[step.agent]!.intents.push(step)
        break
      case "override":
        override(step.agent, step.at, step.on)
        break
      case "plan":
        account.plan = step.plan
        break
      case "members":
        agents[step.agent]!.groups = step.groups
        break
      case "delete-group":
        groups[step.group]!.deleted = true
        break
      case "switch":
        ;(step.agent === null ? account : agents[step.agent]!).switches[step.notice] = step.on
        break
      case "redirect":
        if (step.owner === "account") account.inbox = step.redirect
        else if ("group" in step.owner) groups[step.owner.group]!.inbox = step.redirect
        else agents[step.owner.agent]!.redirect = step.redirect
        break
      case "active":
        if (!step.on)
          for (const device of agents[step.agent]!.devices)
            device.heard.push({ at: step.at, kind: "revoked" })
        agents[step.agent]!.active = step.on
        break
    }
  }

  return {
    change,
    agents,
    account,
    groups,
    counts,
    audience,
    intentOf,
    devicesOf,
    hasHours,
    isWilling,
    /** An agent is there for conversations of a group: willing, with hours, with a device present. */
    isThere: (agent: number, group: number | null, t: number): boolean =>
      isInAudience(agent, group) &&
      isWilling(agent, t) &&
      hasHours(agent, group, t) &&
      devicesOf(agent, t).some((device) => device.presence === "present"),
    light: (group: number | null, t: number): boolean =>
      audience(group).some(
        (agent) =>
          isWilling(agent, t) &&
          hasHours(agent, group, t) &&
          devicesOf(agent, t).some((device) => device.presence !== "gone"),
      ),
    /** The last moment an agent who is not there any more was: silent devices were until they were seen last. */
    leftAt: (agent: number, t: number): number => {
      const devices = devicesOf(agent, t)
      if (devices.some((device) => device.presence === "present")) return t
      return Math.max(...devices.map((device) => device.seen ?? Number.NEGATIVE_INFINITY))
    },
    destination: (agent: number): string => `agent-${agent}@lamps.example`,
    liveGroups: (): number[] => groups.map((_, group) => group).filter((group) => counts(group) !== null),
    isOn: (agent: number, notice: Notice): boolean => agents[agent]!.switches[notice],
  }
}

export type People = ReturnType<typeof createPeople>
