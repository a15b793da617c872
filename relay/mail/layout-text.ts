import { assertNever } from "../../shared/words/assert-never.ts"
import type { Block } from "./letter.ts"
import { MARKER } from "./marker.ts"

/** The plain text part: lines as people wrote them, not wrapped, as mail programs wrap to their window. */
export const layoutText = (blocks: readonly Block[]): string => `${blocks.map(block).join("\n\n")}\n`

const block = (one: Block): string => {
  switch (one.kind) {
    case "marker":
      return MARKER
    case "lead":
    case "note":
      return one.text
    case "message":
      return `${one.name ? `${one.name}, ` : ""}${one.at}\n${[one.text, ...one.files].map(indent).join("\n\n")}`
    case "facts":
      return one.rows.map((row) => `${row.label}: ${row.value}`).join("\n")
    case "button":
      return `${one.text}: ${one.href}`
    case "code":
      return `    ${one.code}`
    case "small":
      // RFC 3676 4.3: what follows is not part of what is said.
      return `-- \n${one.lines.map((line) => (typeof line === "string" ? line : `${line.text}: ${line.href}`)).join("\n")}`
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
