import type { Weekday } from "../../../shared/words/hours.ts"
import type { AgentId, ConversationId, GroupId } from "../../../shared/words/ids.ts"
import { Refusal } from "../../../shared/words/refusals.ts"
import { type Millis, SECOND } from "../../../shared/words/time.ts"
import type { Hours, Model, Step } from "../naive/words.ts"
import type { Turn } from "./actions.ts"
import type { Run } from "./bench.ts"
import type { Seeded } from "./seed.ts"

/** Timelines begin 40 minutes before midnight (UTC), so that hours pass it and the day ends within them. */
export const START: Millis = Date.UTC(2026, 2, 28, 23, 20)
export const DAY_ENDS = 40 * 60

const at = (second: number): Millis => START + second * SECOND
export const secondOf = (moment: Millis): number => Math.ceil((moment - START) / SECOND)

const isoDate = (moment: Millis) => new Date(moment).toISOString().slice(0, 10)
const wall = (moment: Millis) => new Date(moment).toISOString().slice(11, 16)

/** Openings (at whole minutes) as hours of an account: each an exception on the date it begins. */
const asHours = (hours: Hours): string | null => {
  if (hours === null) return null
  const dates = [...new Set(hours.map(({ from }) => isoDate(at(from))))]
  return JSON.stringify({
    zone: "UTC",
    week: [] as { day: Weekday; from: string; to: string }[],
    exceptions: dates.map((date) => ({
      date,
      name: null,
      spans: hours
        .filter(({ from }) => isoDate(at(from)) === date)
        .map(({ from, to }) => ({ from: wall(at(from)), to: wall(at(to)) })),
    })),
  })
}

/** Destinations of agents, who have numbers here. */
export const addressOf = (agent: number): string => `agent-${agent}@lamps.example`

/** A company as a timeline has it, in a real store, on a hand-set clock. */
export const openPlay = async (run: Run, model: Model) => {
  const ids: Seeded = await run(
    "seedCompany",
    {
      grace: model.grace * SECOND,
      wait: model.wait * SECOND,
      plan: model.plan,
      hours: asHours(model.hours),
      groups: model.groups.map(({ hours }) => ({ hours: asHours(hours) })),
      agents: model.agents.map((agent, n) => ({ ...agent, address: addressOf(n) })),
      visitors: model.conversations.length,
    },
    START,
  )
  const { accountId } = ids
  const conversations: (ConversationId | null)[] = model.conversations.map(() => null)
  /** Numbers of the visitor's messages in their conversation. */
  const seqs: number[][] = model.conversations.map(() => [])
  const tabs = model.conversations.map(() => new Set<number>())
  const beats = new Map<string, number>()
  const intents = new Map<number, { version: number }>()
  const active = model.agents.map(() => true)
  let keys = 0
  await run("startRelay", { relayId: "relay", mailDomain: "porchlight.test" }, START)
  // Hours, groups and who is in them are looked at for the first time.
  await run("setPlan", { accountId, plan: model.plan }, START)

  const setTab = (index: number, tab: number, open: boolean, now: Millis): Promise<void> => {
    if (open) tabs[index]!.add(tab)
    else if (!tabs[index]!.delete(tab)) return Promise.resolve()
    const given = { accountId, visitorId: ids.visitors[index]!, tabId: `tab-${tab}`, relayId: "relay" }
    return run(open ? "openTab" : "closeTab", given, now)
  }

  const write = async (index: number, by: "chat" | "mail", now: Millis): Promise<void> => {
    const text = `message ${seqs[index]!.length}`
    const known = conversations[index]
    if (by === "mail") {
      if (!known) return
      const { seq } = await run("mailIn", { accountId, conversationId: known, text }, now)
      seqs[index]!.push(seq)
      return
    }
    if (tabs[index]!.size === 0) await setTab(index, 0, true, now)
    keys += 1
    const { group } = model.conversations[index]!
    const { conversationId, message } = await run(
      "takeVisitorMessage",
      {
        accountId,
        siteId: ids.siteId,
        groupId: group === null ? null : ids.groups[group]!,
        visitorId: ids.visitors[index]!,
        key: `key-${String(keys).padStart(8, "0")}`,
        text,
        page: null,
      },
      now,
    )
    conversations[index] = conversationId
    seqs[index]!.push(message.seq)
  }

  const serve = async (
    step: Extract<Step, { agent: number; conversation: number }>,
    now: Millis,
  ): Promise<void> => {
    const conversationId = conversations[step.conversation]
    if (!conversationId || !active[step.agent]) return
    const by = { accountId, agentId: ids.agents[step.agent]!.id, conversationId }
    if (step.kind === "open") {
      const seq = step.upTo === 0 ? 0 : (seqs[step.conversation]![step.upTo - 1] ?? 1_000)
      return run("openConversation", { ...by, seq }, now)
    }
    if (step.kind === "answer") {
      keys += 1
      await run("answerConversation", { ...by, key: `answer-${keys}`, text: "Yes" }, now)
      return
    }
    if (step.kind === "join") return run("joinConversation", by, now)
    if (step.kind === "close") return run("closeConversation", by, now)
    if (step.kind === "assign") {
      const to = { agentId: ids.agents[step.to]!.id }
      return run("assignConversation", { ...by, to }, now).catch(expectRefusal("not-found"))
    }
    // Nobody has joined it: refused.
    await run("handBackConversation", by, now).catch(expectRefusal("stale"))
  }

  const intent = async (step: Extract<Step, { kind: "intent" }>, now: Millis): Promise<void> => {
    const agentId = ids.agents[step.agent]!.id
    const given = { accountId, agentId, intent: step.intent, until: step.until }
    const ask = (version: number) => run("setIntent", { ...given, version }, now)
    // A status that ended by itself has another version by now.
    const { version } = await ask(intents.get(step.agent)?.version ?? 1).catch((error) => {
      if (error instanceof Refusal && error.code === "stale") return ask(Number(error.facts.version))
      throw error
    })
    intents.set(step.agent, { version })
  }

  const redirect = (step: Extract<Step, { kind: "redirect" }>, now: Millis): Promise<void> => {
    const owner =
      step.owner === "account"
        ? ({ owner_kind: "account", owner_id: accountId } as const)
        : "group" in step.owner
          ? ({ owner_kind: "group", owner_id: ids.groups[step.owner.group]! } as const)
          : ({ owner_kind: "agent", owner_id: ids.agents[step.owner.agent]!.id } as const)
    const to = step.redirect && { address: step.redirect.to, mode: step.redirect.mode }
    return run("redirect", { account_id: accountId, ...owner, ...(to ?? {}) }, now)
  }

  const act = async (step: Exclude<Step, { kind: "gap" }>): Promise<void> => {
    const now = at(step.at)
    if ("agent" in step && "conversation" in step) return serve(step, now)
    switch (step.kind) {
      case "beat": {
        const agent = ids.agents[step.agent]!
        const deviceId = agent.devices[step.device]!
        const seq = (beats.get(deviceId) ?? 0) + 1
        beats.set(deviceId, seq)
        const { state, used } = step
        const told = { state, used, tellsIdle: !step.blind, intervalMs: step.every * SECOND }
        const beat = { bootId: "boot-0001", seq, ...told }
        await run("takeBeats", { beats: [{ accountId, agentId: agent.id, deviceId, beat }] }, now)
        return
      }
      case "quit":
        return run(
          "endDevice",
          { accountId, deviceId: ids.agents[step.agent]!.devices[step.device]!, bootId: null },
          now,
        )
      case "intent":
        return intent(step, now)
      case "override": {
        const given = { accountId, agentId: ids.agents[step.agent]!.id, on: step.on }
        await run("setOverride", given, now).catch(expectRefusal("bad-input"))
        return
      }
      case "message":
        return write(step.conversation, step.by, now)
      case "tab":
        return setTab(step.conversation, step.tab, step.open, now)
      case "switch": {
        const agentId: AgentId | null = step.agent === null ? null : ids.agents[step.agent]!.id
        return run("setSwitch", { accountId, agentId, notice: step.notice, on: step.on }, now)
      }
      case "redirect":
        return redirect(step, now)
      case "plan":
        return run("setPlan", { accountId, plan: step.plan }, now)
      case "members": {
        const groups: GroupId[] = step.groups.map((group) => ids.groups[group]!)
        return run("setMember", { accountId, agentId: ids.agents[step.agent]!.id, groups }, now)
      }
      case "delete-group":
        await run("deleteGroup", { accountId, groupId: ids.groups[step.group]! }, now)
        return
      case "active":
        active[step.agent] = step.on
        await run("setAgent", { accountId, agentId: ids.agents[step.agent]!.id, active: step.on }, now)
    }
  }

  return {
    ids,
    conversations,
    seqs,
    act,
    /** A relay has been up until this second; `loop`: its loop takes its turn. */
    turn: (second: number, loop: boolean): Promise<Turn> => run("turn", { accountId, loop }, at(second)),
    /** The same, without looking at anything. */
    sign: (second: number) => run("sign", {}, at(second)),
    /** A relay starts, after however long. */
    start: (second: number) => run("startRelay", { relayId: "relay" }, at(second)),
    ending: (second: number) => run("ending", { accountId }, at(second)),
  }
}

const expectRefusal =
  (code: Refusal["code"]) =>
  (error: unknown): void => {
    if (!(error instanceof Refusal && error.code === code)) throw error
  }

export type Play = Awaited<ReturnType<typeof openPlay>>
