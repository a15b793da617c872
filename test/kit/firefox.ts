import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { Marionette } from "./marionette.ts"
import { freePorts } from "./ports.ts"
import { until } from "./until.ts"

const NAMES = ["firefox-esr", "firefox"]

/** The system's Firefox. Throws with what to install when there is none. */
export const firefoxPath = (): string => {
  for (const folder of (process.env.PATH ?? "").split(path.delimiter)) {
    for (const name of NAMES) {
      const file = path.join(folder, name)
      if (existsSync(file)) return file
    }
  }
  throw new Error(`no ${NAMES.join(", ")} in PATH; on Debian: apt-get install firefox-esr`)
}

/** A Firefox that asks nothing of the network by itself. */
const PREFS: Record<string, string | number | boolean> = {
  "browser.shell.checkDefaultBrowser": false,
  "datareporting.policy.dataSubmissionEnabled": false,
  "services.settings.server": "data:,#",
  "app.update.enabled": false,
  "toolkit.telemetry.enabled": false,
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
  "browser.safebrowsing.malware.enabled": false,
  "browser.safebrowsing.phishing.enabled": false,
  "extensions.update.enabled": false,
  "extensions.systemAddon.update.enabled": false,
  "browser.region.network.url": "",
  "network.dns.disablePrefetch": true,
}

/** A fixed address for the extension's pages; Firefox makes a random one up otherwise. */
const UUID = "11111111-2222-4333-8444-555555555555"

export interface Firefox extends AsyncDisposable {
  /** Opens a page of the extension, e.g. `popup.html`, in the one tab. */
  open(page: string): Promise<void>
  /** Leaves the extension's pages for an empty one. */
  leave(): Promise<void>
  /** Runs a function body in the page; `arguments` holds what is given. What it returns is JSON. */
  run<T>(body: string, ...given: unknown[]): Promise<T>
  /** Waits until the function body returns something true, and gives it back. */
  see<T>(what: string, body: string, ...given: unknown[]): Promise<T>
  type(selector: string, text: string): Promise<void>
  click(selector: string): Promise<void>
  screenshot(file: string): Promise<void>
  /** SIGKILL, as a crash would be. */
  kill(): Promise<void>
  close(): Promise<void>
}

/**
 * A headless Firefox with a profile of its own and the built extension in it, driven by Marionette. Closed
 * by `await using`, by `close()`, or at the latest when the test process ends.
 */
export const launchFirefox = async (options: { extension: string }): Promise<Firefox> => {
  const folder = mkdtempSync(path.join(tmpdir(), "porchlight-firefox-"))
  const profile = path.join(folder, "profile")
  const [port = 0] = await freePorts(1)
  const extension = path.resolve(options.extension)
  const child = startFirefox(profile, port, idOf(extension))
  let closed = false

  const kill = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill("SIGKILL")
      await once(child, "exit")
    }
    process.off("exit", end)
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
  const end = (): void => {
    child.kill("SIGKILL")
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
  process.once("exit", end)

  let marionette: Marionette
  try {
    marionette = await connect(child, port)
    await marionette.command("WebDriver:NewSession", { capabilities: { alwaysMatch: {} } })
    await marionette.command("Addon:Install", { path: extension, temporary: true })
  } catch (error) {
    await kill()
    throw error
  }

  const run = async <T>(body: string, ...given: unknown[]): Promise<T> => {
    const { value } = await marionette.command<{ value: T }>("WebDriver:ExecuteScript", {
      script: body,
      args: given,
    })
    return value
  }

  const element = async (selector: string): Promise<string> => {
    const found = await until(`${selector} in the page`, () =>
      marionette
        .command<{ value: Record<string, string> }>("WebDriver:FindElement", {
          using: "css selector",
          value: selector,
        })
        .catch(() => null),
    )
    return Object.values(found.value)[0]!
  }

  const finish = async (): Promise<void> => {
    if (closed) return
    closed = true
    marionette.close()
    await kill()
  }

  return {
    open: async (page) => {
      await marionette.command("WebDriver:Navigate", { url: `moz-extension://${UUID}/${page}` })
    },
    leave: async () => {
      await marionette.command("WebDriver:Navigate", { url: "about:blank" })
    },
    run,
    see: (what, body, ...given) => until(what, () => run<never>(body, ...given)),
    type: async (selector, text) => {
      const id = await element(selector)
      await marionette.command("WebDriver:ElementClear", { id })
      await marionette.command("WebDriver:ElementSendKeys", { id, text })
    },
    click: async (selector) => {
      await marionette.command("WebDriver:ElementClick", { id: await element(selector) })
    },
    screenshot: async (file) => {
      const { value } = await marionette.command<{ value: string }>("WebDriver:TakeScreenshot", {
        full: false,
      })
      writeFileSync(file, Buffer.from(value, "base64"))
    },
    kill: finish,
    close: finish,
    [Symbol.asyncDispose]: finish,
  }
}

/** The add-on's id, from the built manifest. */
const idOf = (extension: string): string => {
  const manifest = JSON.parse(readFileSync(path.join(extension, "manifest.json"), "utf8")) as {
    browser_specific_settings: { gecko: { id: string } }
  }
  return manifest.browser_specific_settings.gecko.id
}

const startFirefox = (profile: string, port: number, addonId: string): ChildProcess => {
  const prefs = {
    ...PREFS,
    "marionette.port": port,
    "extensions.webextensions.uuids": JSON.stringify({ [addonId]: UUID }),
  }
  mkdirSync(profile)
  const lines = Object.entries(prefs).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`,
  )
  writeFileSync(path.join(profile, "user.js"), lines.join("\n"))
  const flags = ["-headless", "-no-remote", "-profile", profile, "-marionette", "-remote-allow-system-access"]
  return spawn(firefoxPath(), [...flags, "about:blank"], { stdio: "ignore" })
}

const connect = (child: ChildProcess, port: number): Promise<Marionette> =>
  until(
    "Firefox takes commands",
    () => {
      if (child.exitCode !== null) throw new Error(`Firefox ended with ${child.exitCode}`)
      return Marionette.connect(port).catch(() => null)
    },
    30_000,
  )
