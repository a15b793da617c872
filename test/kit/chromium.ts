import { spawn } from "node:child_process"
import { once } from "node:events"
import { existsSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { type Browser, type BrowserContext, chromium, type Page, type Worker } from "playwright-core"

/** Flags with which Chromium runs as root, with extensions, and asks nothing of the network by itself. */
const QUIET = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
]
const FLAGS = ["--headless=new", ...QUIET]

const NAMES = ["chromium", "chromium-browser", "google-chrome"]

/** The system's Chromium. Throws with what to install when there is none. */
export const chromiumPath = (): string => {
  for (const folder of (process.env.PATH ?? "").split(path.delimiter)) {
    for (const name of NAMES) {
      const file = path.join(folder, name)
      if (existsSync(file)) return file
    }
  }
  throw new Error(`no ${NAMES.join(", ")} in PATH; on Debian: apt-get install chromium`)
}

/** A Chromium without extensions, for pages: contexts are made from it. The caller closes it. */
export const startChromium = (): Promise<Browser> =>
  chromium.launch({ executablePath: chromiumPath(), headless: false, args: FLAGS })

export interface ChromiumOptions {
  /** Folder of a built extension to load, e.g. `.output/chrome-mv3`. */
  extension?: string
  width?: number
  height?: number
  /** BCP 47; the browser's language, e.g. `de-DE`. */
  locale?: string
  /** IANA; the machine's if left out. */
  zone?: string
  dark?: boolean
  /** Device pixels for each of the page's; 1 if left out. */
  scale?: number
  /** Further flags. */
  flags?: string[]
  /** Folder of an earlier profile, to start it again; a new one, removed at the end, if left out. */
  profile?: string
}

export interface Chromium extends AsyncDisposable {
  context: BrowserContext
  profile: string
  page(url: string): Promise<Page>
  /** The extension's background worker, once it runs. */
  worker(): Promise<Worker>
  /** Address of a page of the extension, e.g. `popup.html`. */
  extensionUrl(page: string): Promise<string>
  /** SIGKILL, as a crash or a power cut would be. */
  kill(): Promise<void>
  close(): Promise<void>
}

/**
 * A Chromium with a profile of its own. Closed by `await using`, by `close()`, or at the latest when the
 * test process ends.
 */
export const launchChromium = async (options: ChromiumOptions = {}): Promise<Chromium> => {
  const profile = options.profile ?? mkdtempSync(path.join(tmpdir(), "porchlight-chromium-"))
  const extension = options.extension === undefined ? null : path.resolve(options.extension)
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: chromiumPath(),
    // Ours is --headless=new: Playwright's own headless mode would start a shell without extensions.
    headless: false,
    args: [
      ...FLAGS,
      ...(extension === null ? [] : extensionFlags(extension)),
      ...(options.locale === undefined ? [] : [`--lang=${options.locale}`]),
      ...(options.flags ?? []),
    ],
    env: {
      ...process.env,
      ...(options.locale === undefined ? {} : { LANGUAGE: options.locale.replace("-", "_") }),
    },
    viewport: { width: options.width ?? 1000, height: options.height ?? 700 },
    colorScheme: options.dark ? "dark" : "light",
    deviceScaleFactor: options.scale ?? 1,
    ...(options.locale === undefined ? {} : { locale: options.locale }),
    ...(options.zone === undefined ? {} : { timezoneId: options.zone }),
  })
  const pid = browserPid(profile)
  let closed = false

  const end = (): void => {
    if (pid !== null && isAlive(pid)) process.kill(pid, "SIGKILL")
    removeProfile()
  }
  const removeProfile = (): void => {
    if (options.profile === undefined) rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
  }
  process.once("exit", end)

  const close = async (): Promise<void> => {
    if (closed) return
    closed = true
    await context.close()
    process.off("exit", end)
    removeProfile()
  }

  const worker = async (): Promise<Worker> =>
    context.serviceWorkers()[0] ?? (await context.waitForEvent("serviceworker", { timeout: 60_000 }))

  return {
    context,
    profile,
    worker,
    page: async (url) => {
      const page = await context.newPage()
      await page.goto(url)
      return page
    },
    extensionUrl: async (page) => new URL(`/${page}`, (await worker()).url()).href,
    kill: async () => {
      if (pid === null) throw new Error(`no process found for the profile ${profile}`)
      const gone = context.waitForEvent("close", { timeout: 60_000 })
      process.kill(pid, "SIGKILL")
      await gone
      await close()
    },
    close,
    [Symbol.asyncDispose]: close,
  }
}

/** A Chromium that nobody drives. */
export interface PlainChromium {
  /** To all its processes at once, as sleep and power cuts come to all: SIGSTOP, SIGCONT, SIGKILL … */
  signal(signal: NodeJS.Signals): void
  /** Process ids of the renderers that run extensions. */
  extensionProcesses(): number[]
  /** Quits it as a person does. */
  end(): Promise<void>
}

/**
 * An attached debugger keeps an extension's worker alive, so its lifetime can only be seen without one.
 * Headless, where everybody is active for ever, unless there is a display (`:7`). Resolves when it has started.
 */
export const startPlainChromium = async (
  profile: string,
  extension: string,
  display?: string,
): Promise<PlainChromium> => {
  const flags = [
    ...(display === undefined ? FLAGS : [...QUIET, "--ozone-platform=x11"]),
    ...extensionFlags(path.resolve(extension)),
    `--user-data-dir=${profile}`,
  ]
  const env = { ...process.env, ...(display === undefined ? {} : { DISPLAY: display }) }
  // In a group of its own, which its children stay in.
  const child = spawn(chromiumPath(), [...flags, "about:blank"], { stdio: "ignore", env, detached: true })
  await once(child, "spawn")
  const isOver = (): boolean => child.exitCode !== null || child.signalCode !== null
  const signal = (name: NodeJS.Signals): void => {
    if (!isOver() && child.pid !== undefined) process.kill(-child.pid, name)
  }
  const kill = (): void => signal("SIGKILL")
  process.once("exit", kill)
  return {
    signal,
    extensionProcesses: () => extensionProcessesOf(child.pid ?? 0),
    end: async () => {
      process.off("exit", kill)
      if (isOver()) return
      const gone = once(child, "exit")
      // Its own process alone: it ends the others in good order.
      child.kill("SIGCONT")
      child.kill("SIGTERM")
      await gone
    },
  }
}

/** Linux lists processes in /proc: the group is the fifth word of `stat`, counted behind the name in brackets. */
const extensionProcessesOf = (group: number): number[] =>
  readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        const [, , groupOf] = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]!.split(" ")
        return (
          Number(groupOf) === group &&
          readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("--extension-process")
        )
      } catch {
        // It ended while we were looking.
        return false
      }
    })
    .map(Number)

const extensionFlags = (folder: string): string[] => [
  `--disable-extensions-except=${folder}`,
  `--load-extension=${folder}`,
]

/** Chromium's lock on a profile is a link to `<host>-<pid>`. */
const browserPid = (profile: string): number | null => {
  const pid = /-(\d+)$/.exec(readlinkSync(path.join(profile, "SingletonLock")))?.[1]
  return pid === undefined ? null : Number(pid)
}

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
