import { writeFileSync } from "node:fs"
import { settingsPage } from "../relay/settings/table.ts"

/** Writes the pages of docs/ that come from code. A test of the repository checks that they were. */
writeFileSync(new URL("../docs/settings.md", import.meta.url), settingsPage())
console.log("wrote docs/settings.md")
