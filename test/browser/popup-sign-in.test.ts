import { expect, it } from "vitest"
import { openBrowser, openPopup, openToolbarHouse, signInByPopup } from "./toolbar-house.ts"

it("a relay that was not reached can be typed anew, letter by letter", async () => {
  const house = await openToolbarHouse()
  await using browser = await openBrowser()
  try {
    const popup = await openPopup(browser)
    const errors: Error[] = []
    popup.on("pageerror", (error) => errors.push(error))
    await popup.getByLabel("Relay").fill("http://127.0.0.1:1")
    await popup.getByLabel("E-mail address").fill(house.company.address)
    await popup.getByRole("button", { name: "Send me a code" }).click()
    await popup.getByRole("alert").getByText("http://127.0.0.1:1 was not reached").waitFor()

    // What is half typed is no address yet, and the problem is still that of the one that was asked.
    await popup.getByLabel("Relay").fill("")
    await popup.getByRole("alert").getByText("http://127.0.0.1:1 was not reached").waitFor()
    await popup.getByLabel("Relay").pressSequentially("127.0.0.1")

    await signInByPopup(house, popup)
    await expect.poll(() => popup.getByLabel("E-mail address").count()).toBe(0)
    expect(errors).toEqual([])
  } finally {
    await house.stop()
  }
})
