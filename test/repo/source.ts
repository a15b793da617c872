import { readdirSync, readFileSync } from "node:fs"
import path from "node:path"
import { fileURLToPath } from "node:url"

/** The repository as its own tests read it: paths with forward slashes, from the top folder. */
export const ROOT = fileURLToPath(new URL("../..", import.meta.url))

const SKIPPED = new Set([
  "node_modules",
  ".git",
  ".output",
  ".wxt",
  "dist",
  "data",
  "test-results",
  "bench-results",
])

/** All files below a folder of the repository whose name ends in one of `endings` (any, when none is given). */
export const filesBelow = (folder: string, endings: string[] = []): string[] =>
  readdirSync(path.join(ROOT, folder), { withFileTypes: true })
    .filter((entry) => !SKIPPED.has(entry.name))
    .flatMap((entry) => {
      const file = path.posix.join(folder, entry.name)
      return entry.isDirectory() ? filesBelow(file, endings) : [file]
    })
    .filter((file) => endings.length === 0 || endings.some((ending) => file.endsWith(ending)))
    .sort()

export const read = (file: string): string => readFileSync(path.join(ROOT, file), "utf8")

export const CODE = [".ts", ".tsx"]

/** The product's own source files. */
export const product = (): string[] =>
  ["relay", "shared", "extension"].flatMap((folder) => filesBelow(folder, CODE))

/** Code without its comments, so that a word in a sentence is not taken for code; strings stay. */
export const withoutComments = (code: string): string =>
  code.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|[\s;{}(,])\/\/[^\n]*/g, "$1")

export interface Import {
  /** As written, or (ownImports) as a path from the top folder. */
  target: string
  /** `import type` or `export type`: nothing of it is there at run time. */
  type: boolean
}

/** What a file imports, by value or by type, statically or not, as written. */
export const importsOf = (code: string): Import[] =>
  [
    ...withoutComments(code).matchAll(
      /(?:\b(?:import|export)\b(\s+type\b)?[^"';()]*?\bfrom\s*|\bimport\s*\(\s*|\bimport\s+)["']([^"']+)["']/g,
    ),
  ].map((match) => ({ target: match[2] ?? "", type: match[1] !== undefined }))

/** Our own files among a file's imports, as paths from the top folder. */
export const ownImports = (file: string, code: string): Import[] =>
  importsOf(code)
    .filter(({ target }) => target.startsWith("."))
    .map(({ target, type }) => ({
      target: path.posix.join(path.posix.dirname(file), target.replace(/\?.*$/, "")),
      type,
    }))
