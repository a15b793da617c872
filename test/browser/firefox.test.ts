import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { MINUTE, SECOND } from "../../shared/words/time.ts"
import { type Firefox, launchFirefox } from "../kit/firefox.ts"
import { until } from "../kit/until.ts"
import { builtExtension, openToolbarHouse, signInByFirefox, type ToolbarHouse } from "./toolbar-house.ts"

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

  it("shows the desk in a tab", async () => {
    await firefox.open("desk.html")
    await firefox.see("the desk", "return document.querySelector('.desk') !== null")
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
