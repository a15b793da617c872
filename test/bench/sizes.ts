import { readdirSync, readFileSync, statSync } from "node:fs"
import path from "node:path"
import { fileURLToPath } from "node:url"
import { brotliCompressSync, deflateRawSync } from "node:zlib"
import { brotliFor } from "../../relay/http/assets.ts"
import { type Result, rounded } from "./result.ts"

const ROOT = fileURLToPath(new URL("../..", import.meta.url))
const PAGES = path.join(ROOT, "dist/pages")

/** As relay/http/assets.ts sends it. */
const sent = (file: string): number => {
  const bytes = readFileSync(path.join(PAGES, file))
  return brotliCompressSync(bytes, brotliFor(bytes.length)).length
}

const filesBelow = (folder: string): string[] =>
  readdirSync(folder).flatMap((name) => {
    const file = path.join(folder, name)
    return statSync(file).isDirectory() ? filesBelow(file) : [file]
  })

/** What a zip of the folder takes, but for its directory of names. */
const zipped = (folder: string): number =>
  filesBelow(path.join(ROOT, folder)).reduce(
    (sum, file) => sum + deflateRawSync(readFileSync(file), { level: 9 }).length,
    0,
  )

/** Loader, frame, script, styles, and the largest language: all that a chat box ever loads. */
const boxFiles = (): { loader: number; all: number } => {
  const html = readFileSync(path.join(PAGES, "frame.html"), "utf8")
  const named = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map((match) => match[1] ?? "")
  const script = readFileSync(path.join(PAGES, named.find((file) => file.endsWith(".js")) ?? ""), "utf8")
  const languages = [...script.matchAll(/["'`]\.\/([\w-]+\.js)["'`]/g)].map((match) => `assets/${match[1]}`)
  const loader = sent("box.js")
  const fixed = ["frame.html", ...named].reduce((sum, file) => sum + sent(file), loader)
  return { loader, all: fixed + Math.max(0, ...languages.map(sent)) }
}

const kB = (bytes: number): number => rounded(bytes / 1000)

export const sizes = (): Promise<Result> => {
  const box = boxFiles()
  return Promise.resolve({
    name: "sizes",
    title: "Sizes",
    how: "Built files: the chat box as sent to browsers (Brotli), the extension as a zip holds it. kB = 1,000 bytes.",
    columns: ["what", "kB", "goal, at most"],
    rows: [
      ["chat box: loader", kB(box.loader), 3],
      ["chat box: all it ever loads", kB(box.all), 20],
      ["extension for Chrome and Edge", kB(zipped(".output/chrome-mv3")), 150],
      ["extension for Firefox", kB(zipped(".output/firefox-mv3")), 150],
    ],
  })
}
