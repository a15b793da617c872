import { describe, expect, it } from "vitest"
import { dayIn, fill, listOf, momentIn, namesIn, sizeIn, speak, timeIn } from "../../shared/i18n/formatter.ts"
import { pickLanguage } from "../../shared/i18n/pick-language.ts"

const AT = Date.UTC(2026, 10, 21, 17, 40)
const en = {
  plain: "L'heure, it's o'clock",
  hello: "Hello {name}",
  unread:
    "{count, plural, =0 {Nothing new} one {# message from {name}} other {# messages from {name}}}, {place}",
} as const
const say = speak<typeof en>(en, "en")

describe("patterns", () => {
  it("fills values and leaves apostrophes alone", () => {
    expect(say("plain")).toBe("L'heure, it's o'clock")
    expect(say("hello", { name: "{Ada} #1 $&" })).toBe("Hello {Ada} #1 $&")
  })

  it("knows values of the plural's branches at compile time", () => {
    expect(say("unread", { count: 0, name: "Ada", place: "here" })).toBe("Nothing new, here")
    expect(say("unread", { count: 1, name: "Ada", place: "here" })).toBe("1 message from Ada, here")
    expect(say("unread", { count: 1234, name: "Ada", place: "here" })).toBe("1,234 messages from Ada, here")
    // @ts-expect-error a value is missing
    expect(() => say("unread", { count: 2, place: "here" })).toThrow("{name}")
    // @ts-expect-error there is no such key
    expect(() => say("nothing")).toThrow()
  })

  it("follows the plural rules of each language", () => {
    const cs = "{n, plural, one {# zpráva} few {# zprávy} many {# zprávy} other {# zpráv}}"
    expect([1, 2, 5, 1.5].map((n) => fill(cs, { n }, "cs"))).toEqual([
      "1 zpráva",
      "2 zprávy",
      "5 zpráv",
      "1,5 zprávy",
    ])
    const fr = "{n, plural, one {# message} other {# messages}}"
    expect([0, 1, 2].map((n) => fill(fr, { n }, "fr"))).toEqual(["0 message", "1 message", "2 messages"])
  })

  it("names what a pattern asks for, and refuses a broken one", () => {
    expect(namesIn(en.unread)).toEqual(["count", "name", "place"])
    expect(() => namesIn("{n, plural, one {x}")).toThrow("not closed")
    expect(() => namesIn("{}")).toThrow("needs a name")
  })
})

describe("moments and lists", () => {
  it("are in the zone and the language asked for", () => {
    expect(timeIn(AT, "en", "Europe/Prague")).toBe("18:40")
    expect(momentIn(AT, "en", "Europe/Prague")).toBe("21 Nov, 18:40")
    expect(momentIn(AT, "de", "Europe/Berlin")).toBe("21. Nov., 18:40")
    expect(dayIn(AT, "fr", "UTC")).toBe("samedi 21 novembre")
    expect(listOf(["Ada", "Ben", "Cleo"], "de")).toBe("Ada, Ben und Cleo")
  })

  it("read an unknown zone as UTC", () => {
    expect(timeIn(AT, "en", "Mars/Olympus")).toBe("17:40")
  })
})

it("picks the first language we speak", () => {
  expect(pickLanguage(["sk-SK", "cs", "en-US"])).toBe("cs")
  expect(pickLanguage(["pt-BR"], "es")).toBe("es")
  expect(pickLanguage([])).toBe("en")
})

describe("sizes of files", () => {
  it.each([
    [0, "0 bytes"],
    [1, "1 byte"],
    [999, "999 bytes"],
    [1000, "1 kB"],
    [119_600, "120 kB"],
    [999_499, "999 kB"],
    [999_500, "1 MB"],
    [1_250_000, "1.3 MB"],
    [24_600_000, "25 MB"],
  ])("%d is %s", (bytes, words) => expect(sizeIn(bytes, "en")).toBe(words))

  it("are said as each language does", () => {
    const said = (["cs", "de", "es", "fr"] as const).map((language) => sizeIn(1_250_000, language))
    expect(said.map((words) => words.replaceAll(/\s/g, " "))).toEqual([
      "1,3 MB",
      "1,3 MB",
      "1,3 MB",
      "1,3 Mo",
    ])
  })
})
