import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { backAt, lightInWords } from "../../relay/chatbox/back.ts"
import { loadWords } from "../../relay/chatbox/words.ts"
import { LANGUAGES, type Language } from "../../shared/words/nouns.ts"
import { DAY } from "../../shared/words/time.ts"

const { TZ } = process.env

const inZone = (zone: string): void => {
  process.env.TZ = zone
}

/** A Thursday. */
const NOW = Date.UTC(2026, 0, 1, 12)

const back = async (at: string, language: Language = "en", now = NOW): Promise<string> =>
  backAt(Date.parse(at), now, await loadWords(language))

describe("when somebody is back", () => {
  beforeAll(() => inZone("Europe/Prague"))
  afterAll(() => {
    if (TZ === undefined) delete process.env.TZ
    else process.env.TZ = TZ
  })

  it.each([
    ["2026-01-01T14:30:00+01:00", "We are back today at 14:30"],
    ["2026-01-02T09:00:00+01:00", "We are back tomorrow at 9:00"],
    ["2026-01-02T00:30:00+01:00", "We are back tomorrow at 0:30"],
    ["2026-01-05T09:00:00+01:00", "We are back on Monday at 9:00"],
    ["2026-01-07T09:00:00+01:00", "We are back on Wednesday at 9:00"],
    ["2026-01-08T09:00:00+01:00", "We are back on Thursday 8 January at 9:00"],
  ])("%s reads: %s", async (at, words) => expect(await back(at)).toBe(words))

  it.each([
    ["en", "We are back on Wednesday at 9:00", "We are back on Saturday 10 January at 9:00"],
    ["cs", "Jsme tu zase ve středu od 9:00", "Jsme tu zase v sobotu 10. ledna od 9:00"],
    [
      "de",
      "Wir sind am Mittwoch ab 9:00 Uhr wieder da",
      "Wir sind am Samstag, dem 10. Januar, ab 9:00 Uhr wieder da",
    ],
    ["es", "Volvemos el miércoles a las 9:00", "Volvemos el sábado 10 de enero a las 9:00"],
    ["fr", "Nous serons de retour mercredi à 9h00", "Nous serons de retour samedi 10 janvier à 9h00"],
  ] as const)("in %s by the day's own name: %s; %s", async (language, soon, later) => {
    expect(await back("2026-01-07T09:00:00+01:00", language)).toBe(soon)
    expect(await back("2026-01-10T09:00:00+01:00", language)).toBe(later)
  })

  it("has seven days in every language", async () => {
    for (const language of LANGUAGES) {
      const { say } = await loadWords(language)
      expect(new Set(say("back.days").split("|")).size, language).toBe(7)
    }
  })

  it("goes by the visitor's own zone", async () => {
    const at = "2026-01-05T09:00:00+01:00"
    inZone("Asia/Tokyo")
    expect(await back(at)).toBe("We are back on Monday at 17:00")
    inZone("Pacific/Honolulu")
    expect(await back(at)).toBe("We are back on Sunday at 22:00")
    inZone("Europe/Prague")
  })

  it("counts a day on which clocks change as one", async () => {
    const saturday = Date.parse("2026-03-28T23:30:00+01:00")
    expect(await back("2026-03-29T00:30:00+01:00", "en", saturday)).toBe("We are back tomorrow at 0:30")
    expect(await back("2026-03-30T00:30:00+02:00", "en", saturday)).toBe("We are back on Monday at 0:30")
    const october = Date.parse("2026-10-24T00:30:00+02:00")
    expect(await back("2026-10-26T23:30:00+01:00", "en", october)).toBe("We are back on Monday at 23:30")
  })

  it("is said only while nobody is here, and where it is known", async () => {
    const words = await loadWords("en")
    const at = NOW + DAY
    const said = (light: boolean | null, opensAt: number | null) =>
      lightInWords({ light, opensAt }, NOW, words)
    expect(said(false, at)).toBe("We are back tomorrow at 13:00")
    expect(said(false, null)).toBe("Nobody is here right now")
    expect(said(true, at)).toBe("Somebody is here")
    expect(said(null, at)).toBe("Connecting…")
  })
})
