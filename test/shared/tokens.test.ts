import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"

/** Contrast of the design tokens, computed as WCAG 2.2 defines it (1.4.3 and 1.4.11). */

const css = readFileSync(new URL("../../shared/design/tokens.css", import.meta.url), "utf8")
const tokens = new Map(
  [...css.matchAll(/--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);/g)].map(
    ([, name, light, dark]) => [name!, { light: light!, dark: dark! }],
  ),
)

const luminance = (hex: string): number => {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!
}

const contrast = (one: string, other: string): number => {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (high! + 0.05) / (low! + 0.05)
}

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
