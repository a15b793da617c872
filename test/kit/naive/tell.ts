import { type Conversation, createConversation, type Message } from "./conversation.ts"
import { createPeople } from "./people.ts"
import { recipientsOf } from "./recipients.ts"
import { offlineVerdict, SHORT_ABSENCE, type Stay } from "./verdicts.ts"
import type { Fate, Model, Notice, Shown, Step, Told } from "./words.ts"

/** With these steps audiences change, and what was said of a message to somebody is a matter of when. */
const MOVING: ReadonlySet<Step["kind"]> = new Set(["members", "plan", "delete-group", "active", "gap"])

/** So long may a message lie unopened before a device that cannot tell idle counts as idle. */
const UNOPENED = 900

/** A relay that was away for no longer than this was not away. */
const GAP = 45

/** Walks through a timeline second by second and tells what becomes of everything. `steps` in their order. */
export const tell = (steps: readonly Step[], until: number, model: Model): Told => {
  const people = createPeople(model)
  const conversations = model.conversations.map(({ group }) => createConversation(group, model))
  const told: Told = { tie: false, fates: [], bot: [], seconds: [], verdicts: [], mails: [] }
  /** For each audience, by agent: whether they are there, and the last moment they were. */
  const audiences = new Map(
    [null, ...model.groups.keys()].map((group) => [
      group,
      people.agents.map(
        (): Stay => ({ there: false, since: Number.NEGATIVE_INFINITY, left: Number.NEGATIVE_INFINITY }),
      ),
    ]),
  )
  /**
   * The last moment somebody of an audience was there, as it was decided: who was there until hours took them away, and
   * then for a moment more, whose silence shows afterwards, was not there for less.
   */
  const leftLast = new Map<number | null, number>()
  let hold = Number.NEGATIVE_INFINITY
  /** When what is done now is done: later than due, if no relay was up. */
  let clock = 0

  const groupOf = (index: number) => people.counts(conversations[index]!.group)

  /** Who came and who left, after anything changed. */
  const look = (t: number) => {
    presumeIdle(t)
    for (const [group, row] of audiences) {
      for (let agent = 0; agent < row.length; agent++) {
        const state = row[agent]!
        // Groups that count again begin anew, as if everybody had been there until then.
        if (group !== null && people.counts(group) === null) {
          state.there = false
          state.left = t
        } else {
          const now = people.isThere(agent, group, t)
          if (state.there && !now) {
            state.left = people.leftAt(agent, t)
            // Who came by changing their status, by a device that had fallen silent before: the rules do not say until
            // when they were there.
            told.tie ||= state.left < state.since
          }
          if (now && !state.there && t - state.left >= SHORT_ABSENCE) state.since = t
          state.there = now
        }
        leftLast.set(group, Math.max(leftLast.get(group) ?? Number.NEGATIVE_INFINITY, state.left))
      }
    }
  }
  /** Since when an agent is there by devices and what they chose, absences under 45 s aside. */
  const stays = people.agents.map(
    (): Stay => ({ there: false, since: Number.NEGATIVE_INFINITY, left: Number.NEGATIVE_INFINITY }),
  )
  const presumeIdle = (t: number) => {
    for (const [agent, stay] of stays.entries()) {
      const present = people.devicesOf(agent, t).some(({ presence }) => presence === "present")
      const now = people.isWilling(agent, t) && present
      if (stay.there && !now) stay.left = people.leftAt(agent, t)
      if (now && !stay.there && t - stay.left >= SHORT_ABSENCE) stay.since = t
      stay.there = now
      const lain = conversations
        .filter((_, index) => people.audience(groupOf(index)).includes(agent))
        .flatMap((conversation) => conversation.uncovered().slice(0, 1))
      if (lain.length === 0) continue
      const oldest = Math.min(...lain.map(({ cameAt }) => cameAt))
      for (const [which, { presence, usedWhileBlind }] of people.devicesOf(agent, t).entries()) {
        if (presence !== "present" || usedWhileBlind === null) continue
        const from = Math.max(oldest, usedWhileBlind, stay.there ? stay.since : oldest) + UNOPENED
        // Somebody comes whom an older message waits for already: the rules do not say from when it counts.
        told.tie ||= stay.there && stay.since === t && t >= Math.max(oldest, usedWhileBlind) + UNOPENED
        if (t < from) continue
        people.agents[agent]!.devices[which]!.heard.push({ at: t, kind: "presumed-idle" })
        told.tie ||= steps.some(
          (step) => step.at === t && step.kind === "beat" && step.agent === agent && step.device === which,
        )
      }
    }
  }
  const whoIsThere = (index: number): number[] => {
    const row = audiences.get(groupOf(index))!
    return [...row.keys()].filter((agent) => row[agent]!.there)
  }
  const isSomebodyThere = (index: number) => whoIsThere(index).length > 0
  /** Agents who are there, or have just left. */
  const whoIsAround = (index: number, t: number): number[] => {
    const row = audiences.get(groupOf(index))!
    return [...row.keys()].filter((agent) => row[agent]!.there || t - row[agent]!.left < SHORT_ABSENCE)
  }
  const lastThere = (index: number) => leftLast.get(groupOf(index)) ?? Number.NEGATIVE_INFINITY

  /** The same verdict on missed messages for everybody whom they concern. */
  const tellAll = (index: number, messages: readonly Message[], code: string) => {
    for (const { said } of messages)
      for (const agent of people.audience(groupOf(index))) said.missed.set(agent, code)
  }

  const send = (
    conversation: Conversation,
    index: number,
    notice: Notice,
    messages: readonly Message[],
  ): "folded" | "mailed" | "nobody" => {
    const { mails, off } = recipientsOf(people, groupOf(index), notice)
    const full = conversation.full(clock, mails.keys())
    if (full !== null) {
      conversation.fold(notice, full)
      if (notice === "missed") tellAll(index, messages, "folded")
      return "folded"
    }
    for (const { said } of messages) {
      if (mails.size === 0 && off.length === 0)
        for (const agent of people.agents.keys()) said[notice].set(agent, "no-destination")
      for (const agent of off) said[notice].set(agent, "notifications-off")
      for (const agent of [...mails.values()].flat()) said[notice].set(agent, "sent-to")
    }
    conversation.settle(clock, messages, notice, [...mails.keys()])
    for (const [to, forWhom] of mails)
      told.mails.push({ at: clock, conversation: index, notice, to, forWhom, messages: messages.length })
    return mails.size > 0 ? "mailed" : "nobody"
  }

  /** The phones that a conversation waited for are not reachable any more. */
  const endLeases = (t: number, index: number) => {
    for (const agent of people.audience(groupOf(index))) {
      if (!people.isWilling(agent, t) || !people.hasHours(agent, groupOf(index), t)) continue
      for (const [which, device] of people.devicesOf(agent, t).entries())
        if (device.presence === "reachable")
          people.agents[agent]!.devices[which]!.heard.push({ at: clock, kind: "lease-ended" })
    }
  }

  const judgeOffline = (t: number) => {
    for (const [index, conversation] of conversations.entries()) {
      if (!conversation.isWaiting()) continue
      const due = conversation.due(isSomebodyThere(index), lastThere(index), hold)
      if (due === null || due > t) continue
      const outcome = send(conversation, index, "offline", conversation.uncovered())
      if (outcome === "mailed") endLeases(t, index)
    }
  }

  const judgeMissed = (t: number) => {
    for (const [index, conversation] of conversations.entries()) {
      const due = conversation.missedDue(hold)
      if (due === null || due > t) continue
      const messages = conversation.missable()
      if (people.account.plan === "free") tellAll(index, messages, "plan")
      else if (!isSomebodyThere(index)) tellAll(index, messages, "nobody-online")
      else if (send(conversation, index, "missed", messages) === "folded") continue
      conversation.missedIsDone()
    }
  }

  const letBotSpeak = (t: number) => {
    for (const [index, conversation] of conversations.entries()) {
      const due = conversation.botDue()
      if (due === null || due > t || !isSomebodyThere(index)) continue
      const here = whoIsThere(index)
      if (here.every((agent) => people.intentOf(agent, t) === "busy")) conversation.speak(clock)
    }
  }

  const judge = (t: number) => {
    judgeOffline(t)
    judgeMissed(t)
    letBotSpeak(t)
  }

  /** There will be no missed notice, though the visitor had left: somebody joined, or they came back. */
  const dropMissed = (index: number, t: number, code: string) => {
    const conversation = conversations[index]!
    if (conversation.missedDue(hold) !== null && conversation.hasLeft(t))
      tellAll(index, conversation.missable(), code)
  }

  /** What happens to a conversation that has begun, by an agent who is active. */
  const serve = (step: Extract<Step, { conversation: number; agent: number }>, t: number) => {
    const conversation = conversations[step.conversation]!
    if (!conversation.hasBegun || !people.agents[step.agent]!.active) return
    if (step.kind === "assign" && step.to !== step.agent) {
      if (!people.agents[step.to]!.active) return
      if (conversation.state === "mine" && conversation.joinedBy === step.to) return
      dropMissed(step.conversation, t, "joined")
      conversation.give(t, step.to)
      // From when a message lies unopened that somebody had opened before it was given away, the rules do not say; it
      // matters only to browsers that cannot tell idle.
      told.tie ||= steps.some((one) => one.kind === "beat" && one.blind)
      return
    }
    if (step.kind !== "open" && step.kind !== "hand-back") dropMissed(step.conversation, t, "joined")
    if (step.kind === "open") conversation.open(t, step.upTo)
    else if (step.kind === "join" || step.kind === "assign") conversation.join(t, step.agent)
    else if (step.kind === "answer") conversation.answer(t, step.agent)
    else if (step.kind === "close") conversation.close(t)
    else if (conversation.state === "mine") conversation.handBack(t)
  }

  const act = (step: Exclude<Step, { kind: "gap" }>, t: number) => {
    if ("conversation" in step && "agent" in step) {
      serve(step, t)
      return
    }
    switch (step.kind) {
      case "message": {
        const conversation = conversations[step.conversation]!
        if (step.by === "mail" && !conversation.hasBegun) return
        if (step.by === "chat" && conversation.tabs.size === 0) {
          dropMissed(step.conversation, t, "visitor-returned")
          conversation.tab(t, 0, true)
        }
        conversation.write(t, step.by, whoIsAround(step.conversation, t))
        return
      }
      case "tab":
        if (step.open) dropMissed(step.conversation, t, "visitor-returned")
        conversations[step.conversation]!.tab(t, step.tab, step.open)
        return
      case "active":
        if (people.agents[step.agent]!.active && !step.on)
          for (const conversation of conversations)
            if (conversation.state === "mine" && conversation.joinedBy === step.agent)
              conversation.handBack(t)
        people.change(step)
        return
      default:
        people.change(step)
    }
  }

  /** A relay is up again at `t` for which the last sign was at `sign`. */
  const bridge = (t: number, sign: number) => {
    hold = t + Math.max(model.grace, 60)
    for (const agent of people.agents)
      for (const device of agent.devices) device.heard.push({ at: t, kind: "gap", sign, until: hold })
  }

  /** Lights, and whether somebody is there; `before`, if nothing has changed. */
  const show = (t: number, before: Shown | undefined): Shown => {
    const groups = [null, ...people.liveGroups()]
    const now = groups.map((group) => ({
      light: people.light(group, t),
      there: people.agents.some((_, agent) => people.isThere(agent, group, t)),
    }))
    const same = groups.every((group, n) => {
      const known = before?.get(group)
      return known?.light === now[n]!.light && known.there === now[n]!.there
    })
    return before && same && before.size === groups.length
      ? before
      : new Map(groups.map((group, n) => [group, now[n]!]))
  }

  let next = 0
  let gap: Extract<Step, { kind: "gap" }> | null = null
  for (let t = 0; t <= until; t++) {
    if (gap !== null && t >= gap.at + gap.length) {
      if (gap.length > GAP) bridge(t, gap.at)
      gap = null
    }
    // A time too short to be a gap is made up for afterwards, in its order.
    if (gap === null || gap.length <= GAP) {
      clock = gap === null ? t : gap.at + gap.length
      // Somebody who is there only from the due time on comes too late.
      judgeOffline(t)
      look(t)
      judge(t)
    }
    for (; next < steps.length && steps[next]!.at <= t; next++) {
      const step = steps[next]!
      if (gap !== null) continue
      if (step.kind === "gap") {
        gap = step
        continue
      }
      act(step, t)
      look(t)
      judge(t)
    }
    told.seconds.push(show(t, told.seconds.at(-1)))
  }
  told.fates = conversations.map(({ messages }) =>
    messages.map(({ fate, at, notice, to }): Fate => ({ fate, at, notice, to })),
  )
  const settled = steps.every(({ kind }) => !MOVING.has(kind))
  told.verdicts = conversations.map((conversation, index) => {
    const group = groupOf(index)
    const counts = conversation.due(isSomebodyThere(index), lastThere(index), hold) !== null
    const audience = { group, counts, stays: audiences.get(group)! }
    const each = <T>(of: (message: Message, agent: number) => T) =>
      conversation.messages.map((message) => people.agents.map((_, agent) => of(message, agent)))
    return {
      offline: each((message, agent) =>
        settled ? offlineVerdict(people, conversation, audience, message, agent) : null,
      ),
      missed: each((message, agent) => (settled ? [message.said.missed.get(agent) ?? "none"] : null)),
    }
  })
  told.bot = conversations.map(({ botAt }) => botAt)
  return told
}
