import { describe, expect, it } from "vitest"
import { tellWhen } from "../../shared/i18n/when/tell.ts"
import { LANGUAGES } from "../../shared/words/nouns.ts"
import { DAY, HOUR } from "../../shared/words/time.ts"

/** Friday 20 November 2026, 18:00 in Prague. */
const FRIDAY = Date.UTC(2026, 10, 20, 17)
const prague = (at: number, language: (typeof LANGUAGES)[number] = "en"): string =>
  tellWhen(at, FRIDAY, language, "Europe/Prague")

describe("when", () => {
  it("is said by the day as people do", () => {
    expect(prague(FRIDAY + 2 * HOUR)).toBe("today at 20:00")
    expect(prague(FRIDAY + 15 * HOUR)).toBe("tomorrow at 09:00")
    expect(prague(FRIDAY + 2 * DAY + 15 * HOUR)).toBe("on Monday at 09:00")
    expect(prague(FRIDAY + 6 * DAY)).toBe("on Thursday at 18:00")
    expect(prague(FRIDAY + 7 * DAY)).toBe("on 27 November at 18:00")
  })

  it("counts days by the calendar of the zone, not by 24 hours", () => {
    expect(prague(FRIDAY + 6 * HOUR)).toBe("tomorrow at 00:00")
    expect(tellWhen(FRIDAY + 6 * HOUR, FRIDAY, "en", "America/New_York")).toBe("today at 18:00")
  })

  it("says each day of the week in each language", () => {
    const said = LANGUAGES.map((language) => prague(FRIDAY + 5 * DAY, language))
    expect(said).toEqual([
      "on Wednesday at 18:00",
      "ve středu v 18:00",
      "am Mittwoch um 18:00",
      "el miércoles a las 18:00",
      "mercredi à 18:00",
    ])
    for (const language of LANGUAGES) {
      const week = [2, 3, 4, 5, 6].map((days) => prague(FRIDAY + days * DAY, language))
      expect(new Set(week).size).toBe(5)
    }
  })
})
