import { spawn, spawnSync } from "node:child_process"
import { once } from "node:events"

/**
 * A screen of its own (Xvfb) with keyboard and mouse that a test moves: the only way to be really idle. In a
 * headless browser everybody is active for ever.
 */
export interface Display extends AsyncDisposable {
  /** For `DISPLAY`, e.g. `:7`. */
  name: string
  /** A hand on mouse and keyboard: the pointer goes somewhere and back. */
  move(): void
  /** Presses keys together, as xdotool names them: `alt+shift+s`. */
  press(keys: string): void
  /** What a lock screen does: the screen saver goes on (or off). */
  lock(): void
  unlock(): void
  stop(): Promise<void>
}

const SIZE = "1280x900x24"

/** Starts Xvfb on a free number. Throws with what to install when a program is missing. */
export const startDisplay = async (): Promise<Display> => {
  const child = spawn("Xvfb", ["-displayfd", "3", "-screen", "0", SIZE, "-nolisten", "tcp"], {
    stdio: ["ignore", "ignore", "ignore", "pipe"],
  })
  const failed = once(child, "error").then(([error]) => {
    throw new Error(
      `Xvfb does not start (${String(error)}); on Debian: apt-get install xvfb xdotool x11-xserver-utils`,
    )
  })
  const numbers = child.stdio[3]
  if (!numbers || !("once" in numbers)) throw new Error("Xvfb has no pipe to say its number by")
  const [said] = await Promise.race([once(numbers, "data"), failed])
  failed.catch(() => undefined)
  const name = `:${String(said).trim()}`
  const end = (): void => {
    child.kill("SIGKILL")
  }
  process.once("exit", end)

  const run = (program: string, args: string[]): void => {
    const done = spawnSync(program, args, { env: { ...process.env, DISPLAY: name }, encoding: "utf8" })
    if (done.status !== 0)
      throw new Error(`${program} ${args.join(" ")}: ${done.stderr || done.error?.message}`)
  }
  const stop = async (): Promise<void> => {
    process.off("exit", end)
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill("SIGTERM")
    await once(child, "exit")
  }
  return {
    name,
    move: () => {
      run("xdotool", ["mousemove", "400", "400"])
      run("xdotool", ["mousemove", "420", "420"])
    },
    press: (keys) => run("xdotool", ["key", keys]),
    lock: () => run("xset", ["s", "activate"]),
    unlock: () => run("xset", ["s", "reset"]),
    stop,
    [Symbol.asyncDispose]: stop,
  }
}
