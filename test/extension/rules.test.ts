import { describe, expect, it } from "vitest"
import { badgeOf, GREY, LAMP, SLATE } from "../../extension/rules/badge.ts"
import { type Connection, NO_CONNECTION, stepConnection } from "../../extension/rules/connection.ts"
import { deviceLabel } from "../../extension/rules/device-label.ts"
import { canTellIdle, changeOf, mustAsk, readIdleMinutes } from "../../extension/rules/idle-state.ts"
import { intentAfter } from "../../extension/rules/next-intent.ts"
import { permissionFor, readRelayUrl } from "../../extension/rules/relay-url.ts"
import { NOTHING_SAVED, readSaved, SAVED_VERSION } from "../../extension/rules/saved.ts"
import { isTellDue } from "../../extension/rules/use.ts"
import { MINUTE, SECOND } from "../../shared/words/time.ts"

describe("the badge", () => {
  const live: Connection = { state: "live", ackAt: 1 }
  const toolbar = (online: boolean, waitingCount = 0) => ({
    online,
    light: true,
    waitingCount,
    me: { intent: "available" as const },
  })

  it("is amber while sites show you, slate while they do not, whatever colleagues do", () => {
    expect(badgeOf({ signedIn: true, connection: live, toolbar: toolbar(true) })).toMatchObject({
      colour: LAMP.colour,
      icon: "on",
    })
    expect(badgeOf({ signedIn: true, connection: live, toolbar: toolbar(false) })).toMatchObject({
      colour: SLATE.colour,
      icon: "off",
    })
  })

  it("has a lamp with a sign while its person is busy and sites show them, and a dark one when not", () => {
    const busy = (online: boolean) =>
      badgeOf({
        signedIn: true,
        connection: live,
        toolbar: { ...toolbar(online), me: { intent: "busy" } },
      })
    expect(busy(true)).toMatchObject({ colour: LAMP.colour, icon: "busy" })
    expect(busy(false)).toMatchObject({ colour: SLATE.colour, icon: "off" })
  })

  it("counts those who wait, and has its colour even when nobody does", () => {
    const text = (waiting: number) =>
      badgeOf({ signedIn: true, connection: live, toolbar: toolbar(true, waiting) }).text
    expect([0, 1, 99, 100].map(text)).toEqual([" ", "1", "99", "99+"])
  })

  it("is grey with ! when nobody is signed in, or when the relay does not answer", () => {
    const lost: Connection = { state: "lost", ackAt: 1 }
    for (const facts of [
      { signedIn: false, connection: NO_CONNECTION, toolbar: null },
      { signedIn: true, connection: lost, toolbar: toolbar(true, 3) },
    ]) {
      expect(badgeOf(facts)).toMatchObject({ text: "!", colour: GREY.colour, icon: "off" })
    }
  })

  it("keeps what it shows while the socket is tried again: one break changes nothing on the sites either", () => {
    const trying: Connection = { state: "connecting", ackAt: 1 }
    expect(badgeOf({ signedIn: true, connection: trying, toolbar: toolbar(true, 2) })).toMatchObject({
      text: "2",
      icon: "on",
    })
  })
})

describe("the connection, as the relay acknowledged it", () => {
  it("goes from connecting to live with the first ack, and is not lost with the socket alone", () => {
    const live = stepConnection(NO_CONNECTION, { kind: "acked", via: "socket", at: 5 })
    expect(live).toEqual({ state: "live", ackAt: 5 })
    const cut = stepConnection(live, { kind: "socket-lost" })
    expect(cut).toEqual({ state: "connecting", ackAt: 5 })
    expect(stepConnection(cut, { kind: "acked", via: "http", at: 9 })).toEqual({ state: "beating", ackAt: 9 })
  })

  it("is lost when beats do not get through either, until something does; it remembers the last ack", () => {
    const lost = stepConnection({ state: "connecting", ackAt: 5 }, { kind: "beat-failed" })
    expect(lost).toEqual({ state: "lost", ackAt: 5 })
    expect(stepConnection(lost, { kind: "socket-lost" }).state).toBe("lost")
    expect(stepConnection(lost, { kind: "acked", via: "socket", at: 7 }).state).toBe("live")
  })
})

describe("input in our own pages", () => {
  it("is told at once, then every 15 s while it goes on; a clock set back does not silence it", () => {
    expect(isTellDue(null, 0)).toBe(true)
    expect(isTellDue(1000, 15_999)).toBe(false)
    expect(isTellDue(1000, 16_000)).toBe(true)
    expect(isTellDue(60_000, 1000)).toBe(true)
  })
})

describe("the browser's word on whether somebody is there", () => {
  it("is a change only when it differs: Firefox repeats itself at each wake", () => {
    expect(changeOf(null, "active")).toBe("active")
    expect(changeOf({ state: "idle", at: 1 }, "idle")).toBeNull()
    expect(changeOf({ state: "idle", at: 1 }, "active")).toBe("active")
  })

  it("counts as none on Linux until it has said idle once: with Wayland it may never", () => {
    expect(canTellIdle("linux", false)).toBe(false)
    expect(canTellIdle("linux", true)).toBe(true)
    expect(["win", "mac", "cros"].map((os) => canTellIdle(os, false))).toEqual([true, true, true])
  })

  it("is asked for again when it is more than a minute old, or from the future", () => {
    const now = 100 * MINUTE
    expect(mustAsk(null, now)).toBe(true)
    expect(mustAsk({ state: "active", at: now - 59 * SECOND }, now)).toBe(false)
    expect(mustAsk({ state: "active", at: now - 61 * SECOND }, now)).toBe(true)
    expect(mustAsk({ state: "active", at: now + 1 }, now)).toBe(true)
  })
})

describe("the relay's address, as typed", () => {
  it.each([
    ["chat.example.com", "https://chat.example.com"],
    [" https://Chat.Example.com/desk#/x ", "https://chat.example.com"],
    ["https://chat.example.com:8443", "https://chat.example.com:8443"],
    ["127.0.0.1:8420", "http://127.0.0.1:8420"],
    ["localhost:8420/setup", "http://localhost:8420"],
    ["http://127.0.0.1:8420", "http://127.0.0.1:8420"],
  ])("%s → %s", (typed, origin) => {
    expect(readRelayUrl(typed)).toEqual({ ok: true, origin })
  })

  it.each([
    ["", "malformed"],
    ["two words", "malformed"],
    ["ftp://chat.example.com", "malformed"],
    ["javascript:alert(1)", "malformed"],
    ["http://chat.example.com", "insecure"],
    ["http://127.0.0.1.example.com", "insecure"],
  ])("%s is %s", (typed, why) => {
    expect(readRelayUrl(typed)).toEqual({ ok: false, why })
  })

  it("needs no permission of its own on this machine; elsewhere one for its host, whatever the port", () => {
    expect(permissionFor("http://127.0.0.1:8420")).toBeNull()
    expect(permissionFor("https://chat.example.com:8443")).toBe("https://chat.example.com/*")
  })
})

describe("the device's name", () => {
  const CHROME =
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0 Safari/537.36"
  it.each([
    [CHROME, "linux", "Chrome on Linux"],
    [CHROME.replace("Chrome", "HeadlessChrome"), "linux", "Chrome on Linux"],
    [`${CHROME} Edg/150.0`, "win", "Edge on Windows"],
    ["Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "mac", "Firefox on macOS"],
    ["something else", "plan9", "Browser on plan9"],
  ])("%s, %s → %s", (agent, os, label) => {
    expect(deviceLabel(agent, os)).toBe(label)
  })
})

describe("what was saved", () => {
  const session = {
    relay: "https://chat.example.com",
    token: "t",
    agentId: "ag_x",
    deviceId: "de_x",
    address: "ada@example.com",
  }

  it("is nothing in a new profile, and nothing when the session does not read as one", () => {
    expect(readSaved({})).toEqual(NOTHING_SAVED)
    expect(readSaved({ version: SAVED_VERSION, session: { ...session, token: 7 }, cursor: 5 })).toEqual(
      NOTHING_SAVED,
    )
  })

  it("is all of it when this version wrote it", () => {
    const saved = { session, cursor: 7, toolbar: { now: 1 }, notified: { co_x: 3 } }
    expect(readSaved({ version: SAVED_VERSION, ...saved })).toEqual(saved)
  })

  it("keeps the session of another version, and lets the relay say the rest anew", () => {
    expect(readSaved({ version: SAVED_VERSION + 1, session, cursor: 7, toolbar: { odd: true } })).toEqual({
      ...NOTHING_SAVED,
      session,
    })
  })
})

describe("what is set for this browser", () => {
  it("counts as idle after 1 to 15 whole minutes; anything else that is stored means 3", () => {
    expect([1, 5, 15].map(readIdleMinutes)).toEqual([1, 5, 15])
    expect([undefined, 0, 16, 2.5, "5", null, Number.NaN].map(readIdleMinutes)).toEqual(Array(7).fill(3))
  })

  it("goes through all statuses by one key, and around", () => {
    const second = intentAfter("available")
    expect([second, intentAfter(second), intentAfter(intentAfter(second))]).toEqual([
      "busy",
      "unavailable",
      "available",
    ])
  })
})
