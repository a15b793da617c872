import { describe, expect } from "vitest"
import { barriers } from "../kit/screens/axe.ts"
import { darken } from "../kit/screens/screen.ts"
import { eachScreen } from "../kit/screens/suite.ts"
import { enlargeText, misfitsOf } from "../kit/screens/troubles.ts"

/** What test/browser/screens.test.ts leaves out: the other states and languages, and text twice as large. */

describe("a phone", () => {
  eachScreen({ stages: ["new", "empty", "full"], languages: ["de"], width: 360 }, async (page) => {
    expect.soft(await misfitsOf(page)).toEqual([])
    expect.soft(await barriers(page)).toEqual([])
    await darken(page)
    expect.soft(await barriers(page, ["color-contrast"])).toEqual([])
  })
})

describe("a phone in the other languages", () => {
  eachScreen(
    { stages: ["new", "empty", "long"], languages: ["cs", "es", "fr"], width: 360 },
    async (page) => {
      expect(await misfitsOf(page)).toEqual([])
    },
  )
})

describe("a desk, with text twice as large", () => {
  const stages = ["new", "empty", "long"] as const
  eachScreen({ stages, languages: ["de"], width: 1280 }, async (page) => {
    expect.soft(await barriers(page)).toEqual([])
    await enlargeText(page, 200)
    expect.soft(await misfitsOf(page)).toEqual([])
  })
})
