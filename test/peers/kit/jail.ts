import { type ChildProcess, spawn } from "node:child_process"
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs"
import path from "node:path"
import { fileURLToPath } from "node:url"

/** The root folder with other people's programs, as scripts/peers.ts made it. */
const ROOT = fileURLToPath(new URL("../../../node_modules/.cache/peers/root", import.meta.url))

export interface Finished {
  code: number | null
  /** Both streams, as they came. */
  output: string
}

/** A program that runs in the jail. */
export interface Daemon {
  /** Of a group: also the id of its session. */
  pid: number | undefined
  /** All it has printed. */
  output(): string
  /** Ends it, by its process id, and waits until it is gone. */
  stop(): Promise<void>
}

/** A folder in the root of the peers for one of them: paths are as the programs in there see them. */
export interface Jail {
  /** The folder as those programs call it, e.g. `/peers/postfix-Xy12`. */
  folder: string
  /** Makes a folder below it, for this user (root if left out). */
  makeFolder(name: string, owner?: string, mode?: number): string
  /** Writes a file below it; gives the path as the programs call it. */
  write(name: string, text: string | Buffer, owner?: string, mode?: number): string
  /** A file's text; "" while it is not there. */
  read(name: string): string
  /** All mails in a Maildir, oldest first (maildir(5): whole files appear in `new`). */
  mailsIn(maildir: string): Buffer[]
  /** Runs a program to its end. */
  run(command: string, args: string[], input?: string | Buffer): Promise<Finished>
  /** Starts a program that stays. With `group` its whole process group is ended. */
  start(command: string, args: string[], group?: boolean): Daemon
  /** Ends what was started, the last first, and removes the folder. */
  close(): Promise<void>
}

/** Ids of the users in there, which are nobody out here. */
export const idOf = (user: string): number => {
  const line = new RegExp(`^${user}:x:(\\d+):`, "m").exec(readFileSync(path.join(ROOT, "etc/group"), "utf8"))
  if (!line) throw new Error(`there is no user "${user}" among the peers: see scripts/peers.ts`)
  return Number(line[1])
}

const launch = (command: string, args: string[], own: { detached: boolean; stdin: "pipe" | "ignore" }) =>
  spawn("chroot", [ROOT, command, ...args], {
    cwd: ROOT,
    detached: own.detached,
    stdio: [own.stdin, "pipe", "pipe"],
    env: { PATH: "/usr/sbin:/usr/bin:/sbin:/bin", HOME: "/tmp", LANG: "C" },
  })

const listen = (child: ChildProcess): (() => string) => {
  let output = ""
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      output += text
    })
  }
  return () => output
}

const isOver = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null

/** Its streams are closed as well: nothing of it is left in this process. */
const closed = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => void child.once("close", () => resolve()))

const daemon = (child: ChildProcess, group: boolean): Daemon => {
  const output = listen(child)
  const over = closed(child)
  const kill = (signal: NodeJS.Signals): void => {
    if (isOver(child) || child.pid === undefined) return
    process.kill(group ? -child.pid : child.pid, signal)
  }
  const onExit = (): void => kill("SIGKILL")
  process.once("exit", onExit)
  return {
    pid: child.pid,
    output,
    stop: async () => {
      kill("SIGTERM")
      await over
      process.off("exit", onExit)
    },
  }
}

export const openJail = (name: string): Jail => {
  if (!existsSync(path.join(ROOT, "peers"))) {
    throw new Error("the peers are not there: node scripts/peers.ts fetches them (npm run test:peers does)")
  }
  const outside = mkdtempSync(path.join(ROOT, "peers", `${name}-`))
  chmodSync(outside, 0o755)
  const folder = path.join("/", path.relative(ROOT, outside))
  const daemons: Daemon[] = []
  const give = (file: string, owner: string, mode: number): void => {
    chmodSync(file, mode)
    if (owner !== "root") chownSync(file, idOf(owner), idOf(owner))
  }
  return {
    folder,
    makeFolder: (below, owner = "root", mode = 0o755) => {
      mkdirSync(path.join(outside, below), { recursive: true })
      give(path.join(outside, below), owner, mode)
      return path.join(folder, below)
    },
    write: (below, text, owner = "root", mode = 0o644) => {
      mkdirSync(path.dirname(path.join(outside, below)), { recursive: true })
      writeFileSync(path.join(outside, below), text)
      give(path.join(outside, below), owner, mode)
      return path.join(folder, below)
    },
    read: (below) => {
      const file = path.join(outside, below)
      return existsSync(file) ? readFileSync(file, "utf8") : ""
    },
    mailsIn: (maildir) => {
      const where = path.join(outside, maildir, "new")
      if (!existsSync(where)) return []
      return readdirSync(where)
        .sort()
        .map((file) => readFileSync(path.join(where, file)))
    },
    run: async (command, args, input) => {
      const child = launch(command, args, { detached: false, stdin: "pipe" })
      const output = listen(child)
      const over = closed(child)
      child.stdin?.end(input)
      await over
      return { code: child.exitCode, output: output() }
    },
    start: (command, args, group = false) => {
      const started = daemon(launch(command, args, { detached: group, stdin: "ignore" }), group)
      daemons.push(started)
      return started
    },
    close: async () => {
      for (const one of daemons.splice(0).reverse()) await one.stop()
      rmSync(outside, { recursive: true, force: true })
    },
  }
}
