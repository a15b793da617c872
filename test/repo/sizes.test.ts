import { readdirSync, readFileSync } from "node:fs"
import { brotliCompressSync } from "node:zlib"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { brotliFor } from "../../relay/http/assets.ts"
import { type BuiltPages, buildPages } from "../kit/built-pages.ts"

/**
 * The chat box on customers' sites: what a page loads, compressed as the relay sends it to browsers (Brotli;
 * relay/http/assets.ts), in bytes.
 */

let pages: BuiltPages
beforeAll(async () => {
  pages = await buildPages()
}, 60_000)
afterAll(() => pages?.remove())

const compressed = (file: string): number => {
  const bytes = readFileSync(`${pages.folder}/${file}`)
  return brotliCompressSync(bytes, brotliFor(bytes.length)).length
}

const text = (file: string): string => readFileSync(`${pages.folder}/${file}`, "utf8")

/** Everything a frame can ever load: what its page names and, of the languages, the largest. */
const loads = (): { files: string[]; language: number } => {
  const html = text("frame.html")
  const named = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map(([, file]) => file!)
  const script = named.find((file) => file.endsWith(".js"))!
  const languages = [...text(script).matchAll(/["'`]\.\/([\w-]+\.js)["'`]/g)].map(
    ([, file]) => `assets/${file}`,
  )
  return { files: ["box.js", "frame.html", ...named], language: Math.max(...languages.map(compressed)) }
}

describe("the chat box", () => {
  it("has a loader of at most 3 kB, in one file that imports nothing", () => {
    expect(compressed("box.js")).toBeLessThanOrEqual(3_000)
    expect(text("box.js")).not.toMatch(/\bimport\b|\bexport\b/)
  })

  it("loads at most 20 kB in all", () => {
    const { files, language } = loads()
    expect(files.length).toBeGreaterThanOrEqual(4)
    expect(language).toBeGreaterThan(0)
    expect(files.reduce((sum, file) => sum + compressed(file), language)).toBeLessThanOrEqual(20_000)
  })

  it("has no inline script and no inline style on any built page", () => {
    for (const file of readdirSync(pages.folder).filter((name) => name.endsWith(".html"))) {
      expect(text(file), file).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=/i)
    }
  })
})
