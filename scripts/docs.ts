import { readFileSync, writeFileSync } from "node:fs"
import { settingsPage } from "../relay/settings/table.ts"

/** Writes the pages of docs/ that come from code or the lockfile. Tests of the repository check that they were. */
const write = (name: string, text: string): void => {
  writeFileSync(new URL(`../docs/${name}`, import.meta.url), text)
  console.log(`wrote docs/${name}`)
}

interface Package {
  version: string
  license?: string
  dev?: boolean
  devOptional?: boolean
}

const licencesPage = (): string => {
  const lock = JSON.parse(readFileSync(new URL("../package-lock.json", import.meta.url), "utf8")) as {
    packages: Record<string, Package>
  }
  const rows = Object.entries(lock.packages)
    .filter(([place, { dev, devOptional }]) => place !== "" && !dev && !devOptional)
    .map(
      ([place, { version, license }]) =>
        `| ${place.replace(/^.*node_modules\//, "")} | ${version} | ${license} |`,
    )
  return `# Licences

Porchlight is MIT. These packages run in a relay, the extension or the pages; each one's own text is in its folder under
\`node_modules\`. Written from the lockfile by \`npm run docs:settings\`; a test keeps licences that do not go with ours out.

| package | version | licence |
| --- | --- | --- |
${[...new Set(rows)].sort().join("\n")}
`
}

write("settings.md", settingsPage())
write("licences.md", licencesPage())
