import { once } from "node:events"
import net, { type AddressInfo } from "node:net"
import tls from "node:tls"
import type { Page } from "playwright-core"
import { expect, it } from "vitest"
import { TEST_CERTIFICATE } from "../kit/test-certificate.ts"
import { until } from "../kit/until.ts"
import { openBrowser, openPopup, openToolbarHouse, signInByPopup } from "./toolbar-house.ts"

/** The right to reach the relay directly: asked for at signing in, and not needed for it. */

/** TLS before a relay that speaks none, as a proxy has it. */
const startFront = async (port: number): Promise<{ port: number; stop(): Promise<void> }> => {
  const sockets = new Set<net.Socket>()
  const server = tls.createServer(TEST_CERTIFICATE, (client) => {
    const relay = net.connect(port, "127.0.0.1")
    for (const socket of [client, relay]) {
      sockets.add(socket)
      socket.on("error", () => socket.destroy())
      socket.once("close", () => sockets.delete(socket))
    }
    client.pipe(relay).pipe(client)
  })
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  return {
    port: (server.address() as AddressInfo).port,
    stop: async () => {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, "close")
    },
  }
}

declare const chrome: {
  permissions: { request(what: { origins: string[] }): Promise<boolean> }
}

/** Answers for the person, who cannot be asked without a screen: no. Keeps what was asked. */
const refuseAll = async (popup: Page): Promise<void> => {
  await popup.addInitScript(() => {
    const asked: string[] = []
    Object.assign(globalThis, { asked })
    chrome.permissions.request = ({ origins }) => {
      asked.push(...origins)
      return Promise.resolve(false)
    }
  })
}

const askedFor = (popup: Page): Promise<string[]> =>
  popup.evaluate(() => (globalThis as unknown as { asked: string[] }).asked)

it("is asked for the relay's origin alone; who refuses is signed in and live all the same", async () => {
  const house = await openToolbarHouse()
  const front = await startFront(house.relay.httpPort)
  await using browser = await openBrowser({
    flags: [
      `--host-resolver-rules=MAP relay.test:443 127.0.0.1:${front.port}`,
      "--ignore-certificate-errors",
    ],
  })
  try {
    const popup = await openPopup(browser)
    await refuseAll(popup)
    await popup.reload()
    await popup.getByLabel("Relay").fill("relay.test")
    await popup.getByText("The browser may ask whether Porchlight can reach this address").waitFor()
    await signInByPopup(house, popup, "relay.test")
    expect(await askedFor(popup)).toEqual(["https://relay.test/*"])
    await until("the device is there", () => house.device().presence === "present")

    const settings = await browser.page(await browser.extensionUrl("options.html"))
    await settings.getByRole("button", { name: "Let the toolbar reach relay.test directly" }).waitFor()
  } finally {
    await front.stop()
    await house.stop()
  }
})

it("is not asked for where the relay is on this machine", async () => {
  const house = await openToolbarHouse()
  await using browser = await openBrowser()
  try {
    const popup = await openPopup(browser)
    await refuseAll(popup)
    await popup.reload()
    await signInByPopup(house, popup)
    expect(await askedFor(popup)).toEqual([])
  } finally {
    await house.stop()
  }
})
