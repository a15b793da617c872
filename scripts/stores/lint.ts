import { spawnSync } from "node:child_process"

interface LintResult {
  errors: LintMessage[]
  warnings: LintMessage[]
  notices: LintMessage[]
}
interface LintMessage {
  code: string
  message: string
  file?: string
  line?: number
}

/**
 * Said of a manifest that asks for Firefox 140: on Android its `data_collection_permissions` are known only
 * from 142 on. The extension is not offered for Android (there the desk is the web app), and 140 is the
 * long-term release of the desktop, which knows them. There is no way to say so but to give that release up.
 */
const EXPECTED = "KEY_FIREFOX_ANDROID_UNSUPPORTED_BY_MIN_VERSION"

/** What the linter of Firefox's store finds in a built extension, as lines; empty when it is clean. */
export const lintFirefox = (folder: string): string[] => {
  const args = ["web-ext", "lint", "-s", folder, "--no-config-discovery", "--output", "json"]
  const run = spawnSync("npx", args, { encoding: "utf8", maxBuffer: 1 << 26 })
  const json = run.stdout.slice(run.stdout.indexOf("{"))
  if (json === "") throw new Error(`web-ext lint said nothing: ${run.stderr}`)
  const { errors, warnings, notices } = JSON.parse(json) as LintResult
  return [...errors, ...warnings, ...notices]
    .filter(({ code }) => code !== EXPECTED)
    .map(({ code, message, file, line }) => `${code} ${file ?? ""}${line ? `:${line}` : ""} ${message}`)
}
