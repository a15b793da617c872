import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { contrast } from "../../shared/design/contrast.ts"

/** Contrast of the design tokens, computed as WCAG 2.2 defines it (1.4.3 and 1.4.11). */

const css = readFileSync(new URL("../../shared/design/tokens.css", import.meta.url), "utf8")
const tokens = new Map(
  [...css.matchAll(/--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);/g)].map(
    ([, name, light, dark]) => [name!, { light: light!, dark: dark! }],
  ),
)

const SURFACES = ["bg", "surface", "surface-sunk", "surface-raised"]
const TEXT: [string, string[]][] = [
  ["ink", [...SURFACES, "action-soft", "lamp-soft", "lamp-off-soft", "good-soft", "warn-soft", "bad-soft"]],
  ["ink-soft", [...SURFACES, "action-soft", "lamp-off-soft"]],
  ["link", [...SURFACES, "action-soft"]],
  ["action-ink", ["action", "action-hover"]],
  ["lamp-ink", ["lamp"]],
  ["dusk-ink", ["dusk"]],
  ["dusk-soft", ["dusk"]],
  ["lamp-text", [...SURFACES, "lamp-soft"]],
  ["good", [...SURFACES, "good-soft"]],
  ["warn", [...SURFACES, "warn-soft"]],
  ["bad", [...SURFACES, "bad-soft"]],
]
const SHAPES: [string, string[]][] = [
  ["line-strong", SURFACES],
  ["focus", SURFACES],
  ["lamp-off", SURFACES],
  ["lamp-line", SURFACES],
  ["action", SURFACES],
]

const pairs = [
  ...TEXT.flatMap(([front, backs]) => backs.map((back) => ({ front, back, least: 4.5 }))),
  ...SHAPES.flatMap(([front, backs]) => backs.map((back) => ({ front, back, least: 3 }))),
]

describe.each(["light", "dark"] as const)("contrast in the %s theme", (theme) => {
  it.each(pairs)("$front on $back is at least $least : 1", ({ front, back, least }) => {
    expect(contrast(tokens.get(front)![theme], tokens.get(back)![theme])).toBeGreaterThanOrEqual(least)
  })
})
