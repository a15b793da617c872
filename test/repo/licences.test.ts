import { readFileSync } from "node:fs"
import { expect, test } from "vitest"

/** What we build on may go out with an MIT licence, and docs/licences.md lists it. */

interface Package {
  version: string
  license?: string
  dev?: boolean
  devOptional?: boolean
  optional?: boolean
}

/** Licences that ask for no more than to be named, or that the changed files of the library stay open (MPL). */
const COMPATIBLE = [
  "MIT",
  "MIT-0",
  "ISC",
  "0BSD",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "Apache-2.0",
  "MPL-2.0",
  "BlueOak-1.0.0",
  "(MIT OR EUPL-1.1+)",
]

const lock = JSON.parse(readFileSync(new URL("../../package-lock.json", import.meta.url), "utf8")) as {
  packages: Record<string, Package>
}
const packages = Object.entries(lock.packages).filter(([place]) => place !== "")
const served = packages.filter(([, { dev, devOptional }]) => !dev && !devOptional)

test("everything that runs in a relay or a browser has a licence that goes with ours", () => {
  expect(served.length).toBeGreaterThan(50)
  const odd = served.filter(([, { license }]) => !COMPATIBLE.includes(license ?? ""))
  expect(odd.map(([place, { license }]) => `${place}: ${license}`)).toEqual([])
})

test("every version is exact, and locked", () => {
  const manifest = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
    dependencies: Record<string, string>
    devDependencies: Record<string, string>
  }
  for (const [name, version] of Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })) {
    expect(version, name).toMatch(/^\d+\.\d+\.\d+$/)
    expect(lock.packages[`node_modules/${name}`]?.version, name).toBe(version)
  }
})

test("docs/licences.md names all of it", () => {
  const page = readFileSync(new URL("../../docs/licences.md", import.meta.url), "utf8")
  for (const [place, { version, license }] of served) {
    const name = place.replace(/^.*node_modules\//, "")
    expect(page, `write it anew with: npm run docs:settings`).toContain(
      `| ${name} | ${version} | ${license} |`,
    )
  }
})
