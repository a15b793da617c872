import { describe, expect, it } from "vitest"
import { tellHours, tellUntil } from "../../shared/i18n/status/tell.ts"
import { LANGUAGES } from "../../shared/words/nouns.ts"
import { DAY, HOUR, MINUTE } from "../../shared/words/time.ts"

/** Friday 20 November 2026, 15:00 in Prague. */
const NOW = Date.UTC(2026, 10, 20, 14)
const ZONE = "Europe/Prague"

describe("until when a status lasts", () => {
  const until = (at: number | null, back: "available" | "busy" | null = "available"): string | null =>
    tellUntil({ intentUntil: at, intentBack: back }, NOW, "en", ZONE)

  it("names the time and what comes then; nothing while it lasts until it is changed", () => {
    expect(until(NOW + 30 * MINUTE)).toBe("until 15:30, then available")
    expect(until(NOW + HOUR, "busy")).toBe("until 16:00, then busy")
    expect(until(null)).toBeNull()
  })

  it("calls the end of the day midnight, and names the day where it is another one", () => {
    expect(until(NOW + 9 * HOUR)).toBe("until midnight, then available")
    expect(until(NOW + 9 * HOUR + MINUTE)).toBe("until 21 Nov, 00:01, then available")
    expect(until(NOW + DAY + 9 * HOUR)).toBe("until 22 Nov, 00:00, then available")
  })
})

describe("closed office hours", () => {
  const MONDAY = Date.UTC(2026, 10, 23, 8)
  const tell = (hours: Parameters<typeof tellHours>[0], language: (typeof LANGUAGES)[number] = "en") =>
    tellHours(hours, NOW, language, ZONE)

  it("say when they open, and let one stay open until then", () => {
    expect(tell({ open: false, until: MONDAY, overrideUntil: null })).toEqual({
      text: "Outside office hours; they open on Monday at 09:00.",
      button: "Stay open until then",
      staying: false,
    })
    expect(tell({ open: false, until: MONDAY, overrideUntil: MONDAY })).toEqual({
      text: "Outside office hours, and you stay open. They open on Monday at 09:00.",
      button: "Keep to the hours",
      staying: true,
    })
  })

  it("name no day where they never open", () => {
    expect(tell({ open: false, until: null, overrideUntil: null })?.text).toBe("Outside office hours.")
    expect(tell({ open: false, until: null, overrideUntil: NOW + DAY })?.text).toBe(
      "Outside office hours, and you stay open.",
    )
  })

  it("say nothing while they are open or not set; but one who stays open for another group can end that", () => {
    expect(tell(null)).toBeNull()
    expect(tell({ open: true, until: MONDAY, overrideUntil: null })).toBeNull()
    expect(tell({ open: true, until: NOW + HOUR, overrideUntil: MONDAY })).toMatchObject({ staying: true })
  })

  it("are told in every language", () => {
    const said = LANGUAGES.map(
      (language) => tell({ open: false, until: MONDAY, overrideUntil: null }, language)?.text,
    )
    expect(new Set(said).size).toBe(LANGUAGES.length)
  })
})
