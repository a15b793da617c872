import { describe, expect, test } from "vitest"
import { isInAudience } from "../../relay/rules/audience.ts"
import { lightReason, siteLight } from "../../relay/rules/light.ts"
import { isOnline, isThere, type Stay, stepStay } from "../../relay/rules/there.ts"
import type { AgentId, GroupId } from "../../shared/words/ids.ts"
import { SECOND } from "../../shared/words/time.ts"

const facts = (change = {}) => ({
  active: true,
  intent: "available" as const,
  presences: ["present" as const],
  ...change,
})

describe("online and there", () => {
  test.each([
    ["present and available", {}, true, true],
    ["present and busy", { intent: "busy" }, true, true],
    ["unavailable", { intent: "unavailable" }, false, false],
    ["not active", { active: false }, false, false],
    ["only fading", { presences: ["fading"] }, true, false],
    ["only a phone reachable", { presences: ["reachable"] }, true, false],
    ["one gone, one present", { presences: ["gone", "present"] }, true, true],
    ["all gone", { presences: ["gone"] }, false, false],
    ["no device", { presences: [] }, false, false],
  ])("%s", (_, change, online, there) => {
    expect({ online: isOnline(facts(change)), there: isThere(facts(change)) }).toEqual({ online, there })
  })
})

describe("a stay", () => {
  const was: Stay = { there: true, since: 0, until: null }
  const left = { there: false, decided: false, lastSeenAt: 100 * SECOND, held: false }
  const back = { there: true, decided: false, lastSeenAt: null, held: false }

  test("falling silent ends it when last seen; a decision ends it now", () => {
    expect(stepStay(was, left, 145 * SECOND)).toEqual({ there: false, since: 0, until: 100 * SECOND })
    expect(stepStay(was, { ...left, decided: true }, 145 * SECOND).until).toBe(145 * SECOND)
  })

  test("an absence under 45 s does not count, one of 45 s does", () => {
    const away = stepStay(was, left, 100 * SECOND)
    expect(stepStay(away, back, 144 * SECOND).since).toBe(0)
    expect(stepStay(away, back, 145 * SECOND).since).toBe(145 * SECOND)
  })

  test("a gap of the relay never reads as coming back", () => {
    const away = stepStay(was, left, 100 * SECOND)
    expect(stepStay(away, { ...back, held: true }, 900 * SECOND).since).toBe(0)
    expect(stepStay(away, back, 900 * SECOND).since).toBe(900 * SECOND)
  })

  test("nothing changed: the same stay", () => expect(stepStay(was, back, 5)).toBe(was))
})

describe("audience and light", () => {
  const sales = "gr_sales" as GroupId
  const agent = (groups: GroupId[], active = true) => ({ id: "ag_x" as AgentId, active, groups })

  test("members and agents in no group; without a group all active ones", () => {
    expect(isInAudience(agent([sales]), sales)).toBe(true)
    expect(isInAudience(agent([]), sales)).toBe(true)
    expect(isInAudience(agent(["gr_other" as GroupId]), sales)).toBe(false)
    expect(isInAudience(agent(["gr_other" as GroupId]), null)).toBe(true)
    expect(isInAudience(agent([sales], false), sales)).toBe(false)
  })

  test("a site's light is on without a group, or when some group's is", () => {
    expect(
      siteLight([
        { groupId: null, on: false },
        { groupId: sales, on: true },
      ]),
    ).toBe(true)
    expect(siteLight([{ groupId: null, on: false }])).toBe(false)
  })

  test("who holds the light, by the best of their devices; or what each one lacks", () => {
    const device = (label: string, presence: "present" | "fading" | "gone", seenAt = 5) => ({
      label,
      presence,
      seenAt,
      changesAt: 9,
    })
    const ada = {
      name: "Ada",
      intent: "busy" as const,
      intentAt: 1,
      intentUntil: null,
      open: true,
      opensAt: null,
      devices: [device("old", "gone"), device("laptop", "fading")],
    }
    const ben = {
      name: "Ben",
      intent: "unavailable" as const,
      intentAt: 2,
      intentUntil: 8,
      open: true,
      opensAt: null,
      devices: [device("pc", "present")],
    }
    expect(lightReason([ada, ben])).toEqual({
      code: "held-by",
      agents: [{ name: "Ada", device: "laptop", presence: "fading", until: 9, busy: true }],
    })
    expect(lightReason([{ ...ada, devices: [device("old", "gone")] }, ben])).toEqual({
      code: "nobody-online",
      agents: [
        { name: "Ada", why: "gone", since: 5, until: null },
        { name: "Ben", why: "unavailable", since: 2, until: 8 },
      ],
    })
    expect(lightReason([{ ...ada, open: false, opensAt: 77 }])).toEqual({
      code: "nobody-online",
      agents: [{ name: "Ada", why: "hours-closed", since: null, until: 77 }],
    })
    expect(lightReason([])).toEqual({ code: "no-agents" })
  })
})
