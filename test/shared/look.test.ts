import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { contrast, inkOn } from "../../shared/design/contrast.ts"
import { boxLook } from "../../shared/words/box-look.ts"
import { PLAIN_LOOK } from "../../shared/words/look.ts"

describe("the text colour on a site's own colour", () => {
  it("reads on every colour there is", () => {
    const color = fc.integer({ min: 0, max: 0xffffff }).map((n) => `#${n.toString(16).padStart(6, "0")}`)
    fc.assert(fc.property(color, (ground) => contrast(ground, inkOn(ground)) >= 4.5))
  })

  it("is what WCAG computes", () => {
    expect(contrast("#ffffff", "#000000")).toBeCloseTo(21)
    expect(contrast("#777777", "#ffffff")).toBeCloseTo(4.48, 2)
    expect([inkOn("#ffe14d"), inkOn("#22304a")]).toEqual(["#000000", "#ffffff"])
  })
})

describe("what a box is told of its look", () => {
  const box = { look: PLAIN_LOOK, rates: false, transcripts: false }

  it("is nothing where all is as usual", () => {
    expect(boxLook(box)).toEqual({})
    expect(boxLook({ ...box, look: { ...PLAIN_LOOK, greeting: { en: "" } } })).toEqual({})
  })

  it("is what is set; of texts only the language that it speaks", () => {
    const look = {
      ...PLAIN_LOOK,
      color: "#0b6b3a",
      side: "left",
      language: "de",
      launcher: { en: "Questions?", de: "Fragen?" },
      greeting: { en: "Hi" },
    } as const
    expect(boxLook({ look, rates: true, transcripts: true })).toEqual({
      color: "#0b6b3a",
      ink: "#ffffff",
      side: "left",
      language: "de",
      launcher: { de: "Fragen?" },
      rates: true,
      transcripts: true,
    })
  })
})
