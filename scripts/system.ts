import { spawnSync } from "node:child_process"
import { existsSync, readdirSync, readFileSync } from "node:fs"
import path from "node:path"

/**
 * What suites and trials need from the system, by purpose: `node scripts/system.ts tests`, or several.
 * What is there is used; what is missing is installed when that needs no question (root on Debian or
 * Ubuntu); else it is named with the command that installs it, and the exit code is 1.
 * Nothing is started and nothing listens afterwards: only the programs are wanted.
 */
interface Part {
  /** Debian's package. */
  package: string
  /** Any of these, in PATH or as an absolute path, means that it is there. */
  programs: string[]
}

const CHROMIUM: Part = { package: "chromium", programs: ["chromium", "chromium-browser", "google-chrome"] }
const FIREFOX: Part = { package: "firefox-esr", programs: ["firefox-esr", "firefox"] }
const POSTGRESQL: Part = { package: "postgresql", programs: ["initdb"] }
const POSTFIX: Part = { package: "postfix", programs: ["/usr/sbin/postfix", "postfix"] }
/** Makes fsync fail in a process that runs. */
const STRACE: Part = { package: "strace", programs: ["strace"] }
/** Makes what slows the disk of a process down. */
const COMPILER: Part = { package: "gcc libc6-dev", programs: ["gcc"] }
/** A screen without a monitor, and hands for mouse and keyboard: real idle and lock. */
const XVFB: Part = { package: "xvfb", programs: ["Xvfb"] }
const XDOTOOL: Part = { package: "xdotool", programs: ["xdotool"] }
const XSET: Part = { package: "x11-xserver-utils", programs: ["xset"] }
const MUTT: Part = { package: "mutt", programs: ["mutt"] }

const PURPOSES: Record<string, Part[]> = {
  tests: [CHROMIUM, FIREFOX, POSTGRESQL, STRACE],
  long: [CHROMIUM, FIREFOX, XVFB, XDOTOOL, XSET],
  browser: [CHROMIUM, FIREFOX],
  store: [POSTGRESQL],
  postfix: [POSTFIX, MUTT],
  relays: [POSTFIX, COMPILER],
}

/** Debian keeps initdb and its like out of PATH, one folder a version. */
const POSTGRESQL_FOLDER = "/usr/lib/postgresql"
const postgresqlFolders = (): string[] =>
  existsSync(POSTGRESQL_FOLDER)
    ? readdirSync(POSTGRESQL_FOLDER).map((version) => path.join(POSTGRESQL_FOLDER, version, "bin"))
    : []

const isThere = (part: Part): boolean => {
  const folders = [...(process.env.PATH ?? "").split(path.delimiter), "/usr/sbin", ...postgresqlFolders()]
  return part.programs.some((program) =>
    path.isAbsolute(program)
      ? existsSync(program)
      : folders.some((folder) => existsSync(path.join(folder, program))),
  )
}

const isDebian = (): boolean =>
  existsSync("/etc/os-release") &&
  /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(readFileSync("/etc/os-release", "utf8"))

const run = (command: string, args: string[], env: Record<string, string> = {}, input?: string): boolean => {
  const done = spawnSync(command, args, {
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive", ...env },
    encoding: "utf8",
    ...(input === undefined ? {} : { input }),
  })
  if (done.status !== 0)
    process.stderr.write(`${done.stdout ?? ""}${done.stderr ?? done.error?.message ?? ""}`)
  return done.status === 0
}

/** Another installation may be going on: wait for it rather than fail. */
const APT = ["-o", "DPkg::Lock::Timeout=600", "-o", "Acquire::Retries=3"]

/** No daemon is started by the installation: the folder's `policy-rc.d` is asked before each start. */
const POLICY = "/usr/sbin/policy-rc.d"

/** Answers for Debian's installers: no cluster made and run, no mail system configured and run. */
const beforeInstall = (parts: Part[]): boolean => {
  if (parts.includes(POSTGRESQL)) {
    const conf = "/etc/postgresql-common"
    const kept = [
      "-c",
      `mkdir -p ${conf} && [ -e ${conf}/createcluster.conf ] || echo 'create_main_cluster = false' > ${conf}/createcluster.conf`,
    ]
    if (!run("sh", kept)) return false
  }
  if (parts.includes(POSTFIX)) {
    return run("debconf-set-selections", [], {}, "postfix postfix/main_mailer_type select No configuration\n")
  }
  return true
}

/** Runs something while no package may start a service; leaves a policy of the machine's own as it is. */
const withoutServices = (body: () => boolean): boolean => {
  if (existsSync(POLICY)) return body()
  if (!run("sh", ["-c", `printf '#!/bin/sh\\nexit 101\\n' > ${POLICY} && chmod 755 ${POLICY}`])) return false
  try {
    return body()
  } finally {
    run("rm", ["-f", POLICY])
  }
}

const install = (parts: Part[]): boolean => {
  const packages = parts.flatMap((part) => part.package.split(" "))
  console.log(`installing ${packages.join(", ")} (Debian packages, for tests only) …`)
  const installed = (): boolean =>
    run("apt-get", [...APT, "install", "-y", "-q", "--no-install-recommends", ...packages])
  return run("apt-get", [...APT, "update", "-q"]) && beforeInstall(parts) && withoutServices(installed)
}

const purposes = process.argv.slice(2)
const unknown = purposes.filter((purpose) => !(purpose in PURPOSES))
if (purposes.length === 0 || unknown.length > 0) {
  console.error(
    `"${unknown.join(" ")}" is no purpose known here; one of: ${Object.keys(PURPOSES).join(", ")}`,
  )
  process.exit(2)
}
const wanted = new Set(purposes.flatMap((purpose) => PURPOSES[purpose] ?? []))
const missing = [...wanted].filter((part) => !isThere(part))
if (missing.length > 0) {
  const names = missing.map((part) => part.package).join(" ")
  const byHand = `apt-get install --no-install-recommends ${names}`
  if (!isDebian()) {
    console.error(
      `Missing here: ${names} (names of Debian's packages). Install them with your system's package manager and start again.`,
    )
    process.exit(1)
  }
  if (process.getuid?.() !== 0) {
    console.error(`Missing here: ${names}. Install them with: sudo ${byHand}`)
    process.exit(1)
  }
  install(missing)
  const still = missing.filter((part) => !isThere(part))
  if (still.length > 0) {
    console.error(
      `Could not install ${still.map((part) => part.package).join(" ")}; the reason is above. By hand: ${byHand}`,
    )
    process.exit(1)
  }
}
