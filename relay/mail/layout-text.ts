import { assertNever } from "../../shared/words/assert-never.ts"
import type { Language } from "../../shared/words/nouns.ts"
import type { Block } from "./letter.ts"
import { MARKER } from "./marker.ts"

/** The plain text part: lines as people wrote them, not wrapped, as mail programs wrap to their window. */
export const layoutText = (blocks: readonly Block[], language: Language): string => {
  // In French a colon stands off the word before it.
  const pair = (label: string, value: string) => `${label}${language === "fr" ? "\u00a0" : ""}: ${value}`
  return `${blocks.map((one) => block(one, pair)).join("\n\n")}\n`
}

const block = (one: Block, pair: (label: string, value: string) => string): string => {
  switch (one.kind) {
    case "marker":
      return MARKER
    case "lead":
    case "note":
      return one.text
    case "message":
      return `${one.name ? `${one.name}, ` : ""}${one.at}\n${[one.text, ...one.files].filter(Boolean).map(indent).join("\n\n")}`
    case "facts":
      return one.rows.map((row) => pair(row.label, row.value)).join("\n")
    case "button":
      return pair(one.text, one.href)
    case "code":
      return `    ${one.code}`
    case "small":
      // RFC 3676 4.3: what follows is not part of what is said.
      return `-- \n${one.lines.map((line) => (typeof line === "string" ? line : pair(line.text, line.href))).join("\n")}`
    default:
      return assertNever(one)
  }
}

/** Set off by two spaces: whatever a message says cannot pass for a line of ours, such as the marker. */
const indent = (text: string): string =>
  text
    .split(/\r\n?|\n/)
    .map((line) => (line ? `  ${line}` : ""))
    .join("\n")
