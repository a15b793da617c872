import { existsSync } from "node:fs"
import path from "node:path"
import { expect, test } from "vitest"
import { COMMANDS } from "../../relay/cli/index.ts"
import { settingsPage } from "../../relay/settings/table.ts"
import { filesBelow, ROOT, read } from "./source.ts"

const pages = (): string[] => filesBelow(".", [".md"])

test("docs/settings.md is what the settings say", () => {
  expect(read("docs/settings.md"), "write it anew with: npm run docs:settings").toBe(settingsPage())
})

test("docs/operators.md names every command, and none that is not there", () => {
  const named = [...read("docs/operators.md").matchAll(/^\| `porchlight ([a-z-]+)` \|/gm)].map(
    (match) => match[1],
  )
  expect(named).toEqual(COMMANDS.map(({ name }) => name))
})

test("links between pages lead somewhere", () => {
  const broken = pages().flatMap((page) =>
    [...read(page).matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)/g)]
      .map((match) => path.posix.join(path.posix.dirname(page), match[1] ?? ""))
      .filter((target) => !existsSync(path.join(ROOT, target)))
      .map((target) => `${page} → ${target}`),
  )
  expect(broken).toEqual([])
})

test("every npm script that a page names exists", () => {
  const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> }
  const unknown = pages().flatMap((page) =>
    [...read(page).matchAll(/npm run ([a-z][a-z:-]*)/g)]
      .map((match) => match[1] ?? "")
      .filter((name) => !(name in scripts))
      .map((name) => `${page}: npm run ${name}`),
  )
  expect(unknown).toEqual([])
})

test("every file that ARCHITECTURE.md and CONTRIBUTING.md name exists", () => {
  const missing = ["ARCHITECTURE.md", "CONTRIBUTING.md"].flatMap((page) =>
    [...read(page).matchAll(/`((?:relay|shared|extension|test|scripts|try|docs)\/[\w./-]+)`/g)]
      .map((match) => match[1] ?? "")
      .filter((file) => !existsSync(path.join(ROOT, file)))
      .map((file) => `${page}: ${file}`),
  )
  expect(missing).toEqual([])
})

test("deploy/compose.yaml has each of its keys once, each under one that is there", () => {
  const path: string[] = []
  const seen = new Set<string>()
  for (const line of read("deploy/compose.yaml").split("\n")) {
    const [, indent = "", key = ""] = /^( *)([\w-]+):/.exec(line) ?? []
    if (key === "") continue
    const depth = indent.length / 2
    expect(depth, line).toBeLessThanOrEqual(path.length)
    path.splice(depth, path.length, key)
    expect(seen, line).not.toContain(path.join("."))
    seen.add(path.join("."))
  }
  expect(seen).toContain("services.relay.ports")
})
