import { once } from "node:events"
import { mkdtempSync, rmSync } from "node:fs"
import http from "node:http"
import type { AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import path from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { DeviceView, ToolbarState } from "../../shared/protocol/views.ts"
import { MINUTE, SECOND } from "../../shared/words/time.ts"
import { builtExtension, openBrowser, openPopup, signInByPopup } from "../browser/toolbar-house.ts"
import { api } from "../kit/api.ts"
import { type PlainChromium, startPlainChromium } from "../kit/chromium.ts"
import { type Company, startRelay, type TestRelay } from "../kit/relay.ts"
import { until } from "../kit/until.ts"

/**
 * The background of the extension is stopped, by the browser or by force, in a Chromium that nobody drives and
 * with no page of ours open: beats go on.
 */

/** A proxy that lets requests through and no sockets, as some companies have them. */
interface Proxy {
  url: string
  /** Sockets asked for, and refused. */
  refused(): number
  stop(): Promise<void>
}

const startProxy = async (relay: string): Promise<Proxy> => {
  const target = new URL(relay)
  let refused = 0
  const server = http.createServer((request, answer) => {
    const { method, url, headers } = request
    const asked = http.request(relay + url, { method, headers: { ...headers, host: target.host } }, (got) => {
      answer.writeHead(got.statusCode ?? 502, got.headers)
      got.pipe(answer)
    })
    asked.once("error", () => answer.destroy())
    request.pipe(asked)
  })
  server.on("upgrade", (_request, socket) => {
    refused++
    socket.end("HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n")
  })
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    refused: () => refused,
    stop: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, "close")
    },
  }
}

let relay: TestRelay
let company: Company
let token: string
let proxy: Proxy
const folder = mkdtempSync(path.join(tmpdir(), "porchlight-worker-"))
const open: PlainChromium[] = []

beforeAll(async () => {
  relay = await startRelay()
  company = await relay.setUp()
  token = await relay.signIn()
  proxy = await startProxy(relay.url)
})

afterAll(async () => {
  for (const browser of open) await browser.end()
  await proxy?.stop()
  await relay?.stop()
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
})

const devices = async (): Promise<DeviceView[]> =>
  (await api<ToolbarState>({ url: relay.url, token }, "GET", "/api/toolbar")).devices.filter(
    ({ kind }) => kind === "extension",
  )

const signInAndStart = async (name: string, url: string): Promise<[DeviceView["id"], PlainChromium]> => {
  const before = new Set((await devices()).map(({ id }) => id))
  const profile = path.join(folder, name)
  const browser = await openBrowser({ profile })
  const popup = await openPopup(browser)
  await signInByPopup({ relay, company }, popup, url)
  const { id } = await until("the device", async () => (await devices()).find((each) => !before.has(each.id)))
  await browser.close()
  const plain = await startPlainChromium(profile, builtExtension("chrome-mv3"))
  open.push(plain)
  await until("it is there", async () => (await device(id)).presence === "present")
  return [id, plain]
}

const device = async (id: DeviceView["id"]): Promise<DeviceView> =>
  (await devices()).find((each) => each.id === id)!

/** Looks for a while, and gives back every moment at which a beat was taken; fails when the light would fade. */
const watch = async (id: DeviceView["id"], forMs: number): Promise<number[]> => {
  const seen: number[] = []
  const end = performance.now() + forMs
  await until(
    "the time is over",
    async () => {
      const { presence, seenAt } = await device(id)
      expect(presence).toBe("present")
      if (seenAt !== seen.at(-1)) seen.push(seenAt!)
      return performance.now() > end
    },
    forMs + MINUTE,
  )
  return seen
}

describe("the background in Chromium", () => {
  it("beats by alarm where sockets are refused, though the browser stops it in between", async () => {
    const [id] = await signInAndStart("no-sockets", proxy.url)
    const seen = await watch(id, 100 * SECOND)
    expect(proxy.refused()).toBeGreaterThan(0)
    // Each half minute: the shortest period of an alarm.
    expect(seen.length).toBeGreaterThanOrEqual(3)
    const pauses = seen.slice(1).map((at, index) => at - seen[index]!)
    expect(Math.max(...pauses)).toBeLessThan(65 * SECOND)
  })

  it("comes back by itself when its process is killed", async () => {
    const [id, plain] = await signInAndStart("killed", relay.url)
    const victims = plain.extensionProcesses()
    expect(victims.length).toBeGreaterThan(0)
    for (const pid of victims) process.kill(pid, "SIGKILL")
    await until("it fades", async () => (await device(id)).presence === "fading")
    // The alarm wakes it, half a minute later at most; well within the grace of two minutes.
    await until("it is back", async () => (await device(id)).presence === "present", 60 * SECOND)
    expect((await watch(id, 50 * SECOND)).length).toBeGreaterThanOrEqual(2)
  })
})
