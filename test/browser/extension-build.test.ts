import { readdirSync, readFileSync } from "node:fs"
import path from "node:path"
import { deflateRawSync } from "node:zlib"
import { describe, expect, it } from "vitest"
import { builtExtension } from "./toolbar-house.ts"

/** What was built, before a browser sees it. */

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))

describe.each(["chrome-mv3", "firefox-mv3"] as const)("the extension built as %s", (target) => {
  const folder = builtExtension(target)
  const manifest = JSON.parse(readFileSync(path.join(folder, "manifest.json"), "utf8"))

  it("is at most 150 kB zipped", () => {
    const sizes = filesIn(folder).map((file) => deflateRawSync(readFileSync(file), { level: 9 }).length)
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(150_000)
  })

  it("makes a popup wait for few files, and its background read none that only pages have", () => {
    const popup = readFileSync(path.join(folder, "popup.html"), "utf8")
    const named = [...popup.matchAll(/(?:src|href)="\/([^"]+\.(?:js|css))"/g)].map(([, file]) => file ?? "")
    // What asks for the saved state, the entry, what the background has, what pages have, the bundler's helper; two sheets.
    expect(named.length).toBeLessThanOrEqual(7)
    const pages = named.find((file) => /\/pages-.*\.js$/.test(file))
    expect(pages).toBeDefined()
    const importedBy = (file: string): string[] =>
      [...readFileSync(path.join(folder, file), "utf8").matchAll(/from"\.\/(?:chunks\/)?([^"]+)"/g)].map(
        ([, name]) => `chunks/${name}`,
      )
    const reached = new Set(["background.js"])
    for (const file of reached) for (const one of importedBy(file)) reached.add(one)
    expect([...reached]).toContain(named.find((file) => /\/base-.*\.js$/.test(file)))
    expect([...reached]).not.toContain(pages)
  })

  it("carries no code of the relay: types cross, schemas do not", () => {
    const scripts = filesIn(folder).filter((file) => file.endsWith(".js"))
    for (const file of scripts)
      expect(readFileSync(file, "utf8")).not.toMatch(/ZodError|discriminatedUnion|kysely/)
  })

  it("reaches a relay on this machine without TLS, and any other only with it", () => {
    const connect = /connect-src ([^;]+)/
      .exec(manifest.content_security_policy.extension_pages)?.[1]
      ?.split(" ")
    expect(connect).toEqual([
      "'self'",
      "https:",
      "wss:",
      "http://127.0.0.1:*",
      "ws://127.0.0.1:*",
      "http://localhost:*",
      "ws://localhost:*",
    ])
  })

  it("may reach no site by itself, and may ask for those with TLS", () => {
    expect(manifest.host_permissions).toBeUndefined()
    expect(manifest.optional_host_permissions).toEqual(["https://*/*"])
    expect(manifest.permissions).toEqual([
      "idle",
      "alarms",
      "storage",
      "notifications",
      "contextMenus",
      ...(target === "chrome-mv3" ? ["sidePanel"] : []),
    ])
    expect(manifest.content_security_policy.extension_pages).not.toContain("unsafe")
  })

  it("has keys for the popup, the next status and the desk, and at most the four that Chrome allows", () => {
    const keys = Object.entries<{ suggested_key?: { default: string } }>(manifest.commands).flatMap(
      ([name, { suggested_key }]) => (suggested_key ? [[name, suggested_key.default]] : []),
    )
    expect(Object.fromEntries(keys)).toEqual({
      _execute_action: "Alt+Shift+L",
      "status-next": "Alt+Shift+S",
      "open-desk": "Alt+Shift+D",
    })
  })

  it("can set no HTML: Preact's way to do so is not in it", () => {
    const scripts = filesIn(folder).filter((file) => file.endsWith(".js"))
    expect(scripts.filter((file) => readFileSync(file, "utf8").includes("innerHTML"))).toEqual([])
  })

  it("says its name in all five languages", () => {
    for (const language of ["en", "cs", "de", "es", "fr"]) {
      const words = JSON.parse(readFileSync(path.join(folder, "_locales", language, "messages.json"), "utf8"))
      expect(Object.keys(words)).toEqual([
        "name",
        "description",
        "commandNext",
        "commandAvailable",
        "commandBusy",
        "commandUnavailable",
        "commandDesk",
      ])
    }
  })
})
