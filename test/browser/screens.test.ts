import { expect } from "vitest"
import { barriers } from "../kit/screens/axe.ts"
import { darken } from "../kit/screens/screen.ts"
import { eachScreen } from "../kit/screens/suite.ts"
import { misfitsOf } from "../kit/screens/troubles.ts"

/**
 * Every screen of a company with names as long as can be, in German on a phone: all of it fits, and axe finds
 * nothing serious by day or by night. test/long/screens.test.ts looks at the other states and languages.
 */
eachScreen({ stages: ["long"], languages: ["de"], width: 360 }, async (page) => {
  expect.soft(await misfitsOf(page)).toEqual([])
  expect.soft(await barriers(page)).toEqual([])
  await darken(page)
  expect.soft(await barriers(page, ["color-contrast"])).toEqual([])
})
