import { spawnSync } from "node:child_process"
import { createHash } from "node:crypto"
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs"
import path from "node:path"
import { fileURLToPath } from "node:url"

/**
 * Other people's mail programs for `npm run test:peers`, from Debian's packages, in a root folder of their own
 * (`node_modules/.cache/peers/root`). Debian's mail transport agents exclude each other, and none of them is
 * to become this machine's: so they are unpacked beside each other with all they need, installed nowhere and
 * started by nobody but the tests, which run them by chroot. About 100 MB are fetched, once.
 */
const FOLDER = fileURLToPath(new URL("../node_modules/.cache/peers", import.meta.url))
const ROOT = path.join(FOLDER, "root")
const ARCHIVES = path.join(FOLDER, "archives")
const STAMP = path.join(FOLDER, "built")

/** Each group is resolved by itself, as whole groups exclude each other. */
const GROUPS = [
  // what every Debian has, so that no package asks for it
  ["dash", "coreutils", "findutils", "grep", "sed", "libc-bin"],
  ["postfix"],
  ["exim4-daemon-light"],
  ["opensmtpd"],
  ["dovecot-core", "dovecot-lmtpd"],
  ["postgrey"],
  ["opendkim", "opendkim-tools"],
  ["rspamd"],
  ["spamassassin"],
  // what stands in front of the relay, watches it and starts it
  ["nginx-light"],
  ["caddy"],
  ["prometheus"],
  ["systemd"],
]

/** Whom these programs run as, by the names they were built with. */
const USERS = [
  "postfix",
  "Debian-exim",
  "opensmtpd",
  "opensmtpq",
  "dovecot",
  "dovenull",
  "postgrey",
  "vmail",
  "www-data",
]
const GROUPS_OF_NOBODY = ["postdrop", "mail", "tty", "nogroup"]
const FIRST_ID = 61000

const fail = (message: string): never => {
  console.error(message)
  process.exit(1)
}

const run = (command: string, args: string[]): void => {
  const done = spawnSync(command, args, {
    encoding: "utf8",
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  })
  if (done.status === 0) return
  fail(
    `${command} ${args.join(" ")} failed:\n${done.stdout ?? ""}${done.stderr ?? done.error?.message ?? ""}`,
  )
}

/** To apt nothing is installed, so that it names and fetches all that a program needs, down to the C library. */
const fetchGroup = (packages: string[], nothing: string): void => {
  const options = { "Dir::State::status": nothing, "Dir::Cache::archives": ARCHIVES, "Acquire::Retries": "3" }
  run("apt-get", [
    ...Object.entries(options).flatMap(([name, value]) => ["-o", `${name}=${value}`]),
    ...["-o", "Debug::NoLocking=1", "-q", "-y", "--download-only", "--no-install-recommends"],
    ...["install", ...packages],
  ])
}

const unpack = (): void => {
  mkdirSync(ROOT, { recursive: true })
  // As Debian lays out a root since 2019: the old folders are names of those in /usr.
  for (const name of ["bin", "sbin", "lib", "lib64"]) {
    mkdirSync(path.join(ROOT, "usr", name), { recursive: true })
    symlinkSync(path.join("usr", name), path.join(ROOT, name))
  }
  const archives = readdirSync(ARCHIVES).filter((name) => name.endsWith(".deb"))
  for (const archive of archives) {
    const script = `dpkg-deb --fsys-tarfile "$0" | tar -x -C "$1" --keep-directory-symlink`
    run("sh", ["-c", script, path.join(ARCHIVES, archive), ROOT])
  }
}

const furnish = (): void => {
  const at = (...parts: string[]): string => path.join(ROOT, ...parts)
  for (const folder of ["dev", "etc", "proc", "run", "tmp", "var/tmp", "peers"]) {
    mkdirSync(at(folder), { recursive: true })
  }
  symlinkSync("../run", at("var/run"))
  run("chmod", ["1777", at("tmp"), at("var/tmp")])
  for (const [name, minor] of Object.entries({ null: "3", zero: "5", random: "8", urandom: "9" })) {
    run("mknod", ["-m", "666", at("dev", name), "c", "1", minor])
  }
  writeFileSync(at("etc/passwd"), "root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534::/:/bin/false\n")
  writeFileSync(at("etc/group"), "root:x:0:\n")
  for (const [number, name] of [...USERS, ...GROUPS_OF_NOBODY].entries()) {
    const id = FIRST_ID + number
    appendFileSync(at("etc/group"), `${name}:x:${name === "nogroup" ? 65534 : id}:\n`)
    if (USERS.includes(name)) appendFileSync(at("etc/passwd"), `${name}:x:${id}:${id}::/tmp:/bin/false\n`)
  }
  writeFileSync(at("etc/hosts"), "127.0.0.1 localhost\n")
  // Nobody in there is to ask the DNS of the machine.
  writeFileSync(at("etc/resolv.conf"), "nameserver 127.0.0.1\noptions timeout:1 attempts:1\n")
  writeFileSync(at("etc/nsswitch.conf"), "passwd: files\ngroup: files\nhosts: files dns\n")
  run("chroot", [ROOT, "/sbin/ldconfig"])
}

// What was built by this very script is there.
const version = createHash("sha256")
  .update(readFileSync(fileURLToPath(import.meta.url)))
  .digest("hex")
if (existsSync(STAMP) && readFileSync(STAMP, "utf8") === version) process.exit(0)

if (!existsSync("/usr/bin/apt-get") || !existsSync("/usr/bin/dpkg-deb")) {
  fail("The peers come from Debian's packages: run these tests on Debian or Ubuntu, e.g. in a container.")
}
if (process.getuid?.() !== 0)
  fail("Mail servers are started by root: run these tests as root, e.g. in a container.")

console.log(
  `fetching ${GROUPS.slice(1).flat().join(", ")} and what they need (Debian packages, for tests only) …`,
)
rmSync(ROOT, { recursive: true, force: true })
mkdirSync(path.join(ARCHIVES, "partial"), { recursive: true })
const nothing = path.join(FOLDER, "nothing-installed")
writeFileSync(nothing, "")
run("apt-get", ["-o", "Acquire::Retries=3", "update", "-q"])
for (const group of GROUPS) fetchGroup(group, nothing)
unpack()
furnish()
// Unpacked they are not wanted any more.
rmSync(ARCHIVES, { recursive: true })
writeFileSync(STAMP, version)
console.log(`the peers are in ${path.relative(process.cwd(), ROOT)}`)
