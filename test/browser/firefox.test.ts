import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { MINUTE, SECOND } from "../../shared/words/time.ts"
import { type Firefox, launchFirefox } from "../kit/firefox.ts"
import { until } from "../kit/until.ts"
import { ofType } from "../kit/visitor-socket.ts"
import {
  builtExtension,
  openToolbarHouse,
  signInByFirefox,
  type ToolbarHouse,
  visitorWrites,
} from "./toolbar-house.ts"

/** The same extension, built for Firefox, in a real Firefox: one evening of one person, step by step. */

let house: ToolbarHouse
let firefox: Firefox

beforeAll(async () => {
  house = await openToolbarHouse()
  firefox = await launchFirefox({ extension: builtExtension("firefox-mv3") })
  await signInByFirefox(house, firefox)
})

afterAll(async () => {
  await firefox?.close()
  await house?.stop()
})

const seeText = (text: string): Promise<unknown> =>
  firefox.see(`"${text}" in the popup`, "return document.body.textContent.includes(arguments[0])", text)

describe("in Firefox", () => {
  it("signs in over an insecure socket on this machine, and holds the light", async () => {
    expect(house.device()).toMatchObject({ label: "Firefox on Linux", presence: "present" })
    await until("the box is lit", house.boxLight)
    await seeText("Anna, by Firefox on Linux")
  })

  it("switches the status, and shows what another device switched", async () => {
    await firefox.click("[data-intent=unavailable] input")
    await until(
      "unavailable everywhere",
      () => house.other.toolbar().me.intent === "unavailable" && !house.boxLight(),
      SECOND,
    )
    await seeText("The light is off")
    await house.other.setIntent("busy")
    await firefox.see("busy", "return document.querySelector('[value=busy]').checked")
    await until("the box is lit", house.boxLight)
  })

  it("shows who waits, why there is no mail, until when a status holds, and the keys of this browser", async () => {
    await visitorWrites(house, "Is anybody there?")
    await seeText("Is anybody there?")
    house.clock.advance(SECOND)
    await seeText("You were there when it came: Firefox on Linux was in use")
    await firefox.see(
      "the keys",
      "return [...document.querySelectorAll('kbd')].map((key) => key.textContent).join() === arguments[0]",
      "Alt+Shift+L,Alt+Shift+S,Alt+Shift+D",
    )
    await firefox.see(
      "for 30 minutes",
      `const until = document.querySelector("select.until")
       const choice = [...until.options].find(({ text }) => text === "for 30 minutes")
       if (!choice) return false
       until.value = choice.value
       until.dispatchEvent(new Event("change", { bubbles: true }))
       return true`,
    )
    await until("the status has an end", () => house.other.toolbar().me.intentUntil !== null)
  })

  it("answers in the desk, in a tab", async () => {
    const { id } = house.other.toolbar().waiting[0]!
    await firefox.open(`desk.html#/c/${id}`)
    await firefox.see(
      "the message",
      "return document.querySelector('.desk')?.textContent.includes('Is anybody')",
    )
    await firefox.type("#desk-answer", "Yes, since nine.")
    await firefox.click(".desk-composer [type=submit]")
    const { message } = await house.box.push(
      (push): push is Extract<typeof push, { type: "message" }> =>
        ofType("message")(push) && push.message.text === "Yes, since nine.",
    )
    expect(message).toMatchObject({ author: "agent" })
    await until("nobody waits", () => house.other.toolbar().waitingCount === 0)
  })

  it("fades when it is killed, and is gone after the grace", async () => {
    await firefox.kill()
    await until("the device fades", () => house.device().presence === "fading")
    await house.pass(2 * MINUTE - SECOND)
    expect(house.boxLight()).toBe(true)
    await house.pass(SECOND)
    await house.passUntil("the box is dark", () => !house.boxLight())
  })
})
