import { type ChildProcess, spawn } from "node:child_process"
import http from "node:http"
import https from "node:https"
import path from "node:path"
import { fileURLToPath } from "node:url"
import { freePorts } from "./ports.ts"
import { until } from "./until.ts"

const ROOT = fileURLToPath(new URL("../..", import.meta.url))

export interface RelayPlan {
  /** Folder of its store; made if it is not there. */
  data: string
  /** The same at every start, for a relay that comes back where it was. Free ones if left out. */
  ports?: { http: number; smtp: number }
  /** Further settings. */
  env?: Record<string, string>
}

export interface RelayProcess {
  /** Origin of HTTP and sockets. */
  url: string
  ports: { http: number; smtp: number }
  /** The set-up key of the printed links. */
  key: string
  pid: number
  /** All it has printed. */
  output(): string
  /** SIGKILL: no time for anything. Resolves when it is gone. */
  kill(): Promise<void>
  /** SIGTERM. Resolves with its exit code. */
  stop(): Promise<number | null>
}

const gone = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve(child.exitCode)
    else child.once("exit", (code) => resolve(code))
  })

/** Settings of whoever runs the tests must not reach the relay that is tested. */
const environment = (own: Record<string, string>): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("PORCHLIGHT_"))),
  ...own,
})

/** Half a second on a quiet machine; one that runs many suites at once must not fail for that. */
const START_WITHIN_MS = 60_000

/** Whether it says so itself; its certificate is nobody's business here. */
const isReady = (url: string): Promise<boolean> =>
  new Promise((resolve) => {
    const asking = { rejectUnauthorized: false, agent: false } as const
    const request = (url.startsWith("https") ? https : http).get(`${url}/health`, asking, (answer) => {
      answer.resume()
      resolve(answer.statusCode === 200)
    })
    request.once("error", () => resolve(false))
  })

/**
 * Starts `relay/main.ts serve` as a process of its own and waits until it is ready.
 * Throws with what it printed if it ends, or is not ready in time. It dies with this process.
 */
export const startRelayProcess = async (plan: RelayPlan): Promise<RelayProcess> => {
  const [httpPort = 0, smtp = 0] = plan.ports ? [plan.ports.http, plan.ports.smtp] : await freePorts(2)
  const url = `${plan.env?.PORCHLIGHT_TLS_CERT ? "https" : "http"}://127.0.0.1:${httpPort}`
  const child = spawn(path.join(ROOT, "node_modules/.bin/node"), ["relay/main.ts", "serve"], {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "pipe"],
    env: environment({
      // As bin/porchlight says it.
      NODE_COMPILE_CACHE: path.join(ROOT, "node_modules/.cache/porchlight/compiled"),
      PORCHLIGHT_DATA: plan.data,
      PORCHLIGHT_HTTP: `127.0.0.1:${httpPort}`,
      PORCHLIGHT_SMTP: `127.0.0.1:${smtp}`,
      // No test asks the DNS of the machine; one that checks senders names a server of its own.
      PORCHLIGHT_MAIL_CHECKS: "off",
      ...plan.env,
    }),
  })
  let output = ""
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text
    })
  }
  const onExit = (): void => {
    child.kill("SIGKILL")
  }
  process.once("exit", onExit)
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    child.kill(signal)
    const code = await gone(child)
    process.off("exit", onExit)
    return code
  }

  try {
    await until(
      "the relay is ready",
      async () => {
        if (child.exitCode !== null || child.signalCode !== null) throw new Error("the relay ended")
        if (!output.includes("Porchlight is up")) return false
        return isReady(url)
      },
      START_WITHIN_MS,
    )
  } catch (error) {
    await end("SIGKILL")
    throw new Error(`${(error as Error).message}; it printed:\n${output}`, { cause: error })
  }
  return {
    url,
    ports: { http: httpPort, smtp },
    get key() {
      return /#key=([\w.~-]+)/.exec(output)?.[1] ?? ""
    },
    pid: child.pid ?? 0,
    output: () => output,
    kill: async () => {
      await end("SIGKILL")
    },
    stop: () => end("SIGTERM"),
  }
}
