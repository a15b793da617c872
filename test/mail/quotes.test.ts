import { describe, expect, test } from "vitest"
import { MARKER } from "../../relay/mail/marker.ts"
import { stripQuote } from "../../relay/mail/quotes.ts"
import { cpuTime } from "../kit/cpu-time.ts"

/** What one of our notices looks like when a program quotes it with ">". */
const QUOTED_NOTICE = `> ${MARKER}
>
> Jana wrote on shop.example while nobody was there:
>
> Jana, 10:12
>   Do you ship to Brno?
>
> -- 
> Why did I get this?`

const OUTLOOK_NOTICE = QUOTED_NOTICE.replace(/^> ?/gm, "")
const ADDRESS = "r-aaaabbbbccccdddd@mail.example"

describe("above our marker", () => {
  test.each([
    ["Gmail, English", `On Sat, Nov 21, 2026 at 10:15 AM Jana · shop.example <\n${ADDRESS}> wrote:`],
    ["Gmail, Czech", `so 21. 11. 2026 v 10:15 odesílatel Jana · shop.example <${ADDRESS}>\nnapsal:`],
    ["Gmail, German", `Am Sa., 21. Nov. 2026 um 10:15 Uhr schrieb Jana · shop.example <\n${ADDRESS}>:`],
    ["Gmail, Spanish", `El sáb, 21 nov 2026 a las 10:15, Jana · shop.example (<\n${ADDRESS}>) escribió:`],
    ["Gmail, French", `Le sam. 21 nov. 2026 à 10:15, Jana · shop.example <${ADDRESS}>\na écrit :`],
    ["Apple Mail, English", `> On 21 Nov 2026, at 10:15, Jana · shop.example <${ADDRESS}> wrote:\n>`],
    ["Apple Mail, Czech", `> 21. 11. 2026 v 10:15, Jana · shop.example <${ADDRESS}>:\n>`],
    ["Apple Mail, German", `> Am 21.11.2026 um 10:15 schrieb Jana · shop.example <${ADDRESS}>:\n>`],
    ["Apple Mail, French", `> Le 21 nov. 2026 à 10:15, Jana · shop.example <${ADDRESS}> a écrit\u00a0:\n>`],
    ["Thunderbird, English", "On 11/21/26 10:15, Jana · shop.example wrote:"],
    ["Thunderbird, Czech", "Dne 21. 11. 26 v 10:15 Jana · shop.example napsal(a):"],
    ["Thunderbird, German", "Am 21.11.26 um 10:15 schrieb Jana · shop.example:"],
    ["Thunderbird, Spanish", "El 21/11/26 a las 10:15, Jana · shop.example escribió:"],
    ["Thunderbird, French", "Le 21/11/2026 à 10:15, Jana · shop.example a écrit :"],
    ["mutt", "On Sat, Nov 21, 2026 at 10:15:00AM +0000, Jana · shop.example wrote:"],
    ["Gmail of old", `2026-11-21 10:15 GMT+01:00 Jana · shop.example <${ADDRESS}>:`],
  ])("%s: what was written, without the attribution", (_name, attribution) => {
    const answer = "Yes, we do.\n\nIt takes two days."
    expect(stripQuote(`${answer}\n\n${attribution}\n\n${QUOTED_NOTICE}\n`)).toBe(answer)
  })

  test.each([
    [
      "Outlook, English",
      `________________________________\nFrom: Jana · shop.example <${ADDRESS}>\nSent: Saturday, November 21, 2026 10:15 AM\nTo: Anna <anna@shop.example>\nSubject: Do you ship to Brno?`,
    ],
    [
      "Outlook, Czech",
      `Od: Jana · shop.example <${ADDRESS}>\nOdesláno: sobota 21. listopadu 2026 10:15\nKomu: Anna <anna@shop.example>\nPředmět: Do you ship to Brno?`,
    ],
    [
      "Outlook, German",
      `Von: Jana · shop.example <${ADDRESS}>\nGesendet: Samstag, 21. November 2026 10:15\nAn: Anna <anna@shop.example>\nBetreff: Do you ship to Brno?`,
    ],
    [
      "Outlook, Spanish",
      `De: Jana · shop.example <${ADDRESS}>\nEnviado el: sábado, 21 de noviembre de 2026 10:15\nPara: Anna <anna@shop.example>\nAsunto: Do you ship to Brno?`,
    ],
    [
      "Outlook, French",
      `-----Message d'origine-----\nDe : Jana · shop.example <${ADDRESS}>\nEnvoyé : samedi 21 novembre 2026 10:15\nÀ : Anna <anna@shop.example>\nObjet : Do you ship to Brno?`,
    ],
    [
      "Seznam",
      `---------- Původní e-mail ----------\nOd: Jana · shop.example <${ADDRESS}>\nKomu: anna@shop.example\nDatum: 21. 11. 2026 10:15:00\nPředmět: Do you ship to Brno?`,
    ],
    [
      "Outlook on the web",
      `*From:* Jana · shop.example <${ADDRESS}>\n*Sent:* Saturday, November 21, 2026 10:15 AM\n*To:* Anna <anna@shop.example>\n*Subject:* Do you ship to Brno?`,
    ],
  ])("%s: what was written, without the head of the quoted mail", (_name, head) => {
    const answer = "Yes, we do."
    expect(stripQuote(`${answer}\r\n\r\n${head}\r\n\r\n${OUTLOOK_NOTICE}`.replaceAll("\n", "\r\n"))).toBe(
      answer,
    )
  })

  test("a signature goes too", () => {
    expect(stripQuote(`Yes.\n\n-- \nAnna Nováková\nshop.example\n\n${QUOTED_NOTICE}`)).toBe("Yes.")
    expect(stripQuote(`Yes.\n\n--\nAnna\n\n${QUOTED_NOTICE}`)).toBe("Yes.")
    // two dashes in a line, or above everything, are no signature
    expect(stripQuote(`Yes -- surely\n\n${QUOTED_NOTICE}`)).toBe("Yes -- surely")
    expect(stripQuote(`-- \nYes\n${QUOTED_NOTICE}`)).toBe("-- \nYes")
  })

  test("what a person writes stays, even when it looks a little like a program's words", () => {
    const answer = "On Monday we ship.\nFrom: Brno\nOur hours:"
    expect(stripQuote(`${answer}\n\nOn 21 Nov 2026, at 10:15, Jana wrote:\n${QUOTED_NOTICE}`)).toBe(answer)
  })

  test("an answer below the quote is found", () => {
    const text = `On 11/21/26 10:15, Jana wrote:\n${QUOTED_NOTICE}\n\nYes, we do.\n\n-- \nAnna`
    expect(stripQuote(text)).toBe("Yes, we do.")
  })

  test("a quote with nothing written stays whole: it is never empty", () => {
    expect(stripQuote(QUOTED_NOTICE)).toBe(QUOTED_NOTICE)
    expect(stripQuote(`\n\n${OUTLOOK_NOTICE}`)).toContain("Do you ship to Brno?")
    expect(stripQuote("")).toBe("")
  })
})

describe("without our marker", () => {
  test.each([
    ["English", "On 21 Nov 2026, at 10:15, Jana wrote:"],
    ["Czech", "Dne 21. 11. 26 v 10:15 Jana napsal(a):"],
    ["German", "Am 21.11.26 um 10:15 schrieb Jana:"],
    ["Spanish", "El 21/11/26 a las 10:15, Jana escribió:"],
    ["French", "Le 21/11/2026 à 10:15, Jana a écrit :"],
  ])("the attribution ends what was written: %s", (_name, attribution) => {
    expect(stripQuote(`Yes, we do.\n\n${attribution}\n> Do you ship to Brno?\n`)).toBe("Yes, we do.")
  })

  test("the head of a quoted mail does too", () => {
    expect(stripQuote("Yes.\n\nVon: Jana\nGesendet: heute\nAn: Anna\nBetreff: Hallo\n\nLiefern Sie?")).toBe(
      "Yes.",
    )
  })

  test("the library finds what our patterns do not know", () => {
    expect(stripQuote("Ja hoor.\n\nOp 21 november 2026 om 10:15 schreef Jana:\n> een\n> twee\n> drie")).toBe(
      "Ja hoor.",
    )
  })

  test("links keep their form", () => {
    const text = "See <https://shop.example/a@b> and <https://shop.example/c>."
    expect(stripQuote(text)).toBe(text)
  })

  test("a text without a quote stays as it is", () => {
    const text = "First.\n\nSecond: 10:15.\n  indented\nTo: do"
    expect(stripQuote(text)).toBe(text)
  })
})

describe("odd and hostile texts are read in bounded time", () => {
  test.each([
    ["50,000 newlines", "\n".repeat(50_000), ""],
    ["50,000 newlines between two words", `a${"\n".repeat(50_000)}b`, "a\n\nb"],
    ["50,000 lines with a blank", `a\n${" \n".repeat(50_000)}b`, "a\n\nb"],
    ["a line of 200,000 quote signs", `a\n${">".repeat(199_990)}`, null],
    ["200,000 blanks", `a${" ".repeat(199_998)}b`, null],
    ["20,000 attributions", "On a, b wrote:\n".repeat(13_000), null],
    ["20,000 beginnings of one", "On a, b\n".repeat(20_000), null],
    [
      "commas for planer",
      `${"On ,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,\n".repeat(280)}x`,
      null,
    ],
    ["one long line for planer", `${"On ,".repeat(99)}\n`.repeat(24), null],
    ["fields without end", "From: a\n".repeat(20_000), null],
    ["dashes", `${"-".repeat(100_000)}x`, null],
    ["a megabyte more than is looked at", "word ".repeat(250_000), null],
  ])("%s", async (_name, text, expected) => {
    let stripped = ""
    const took = await cpuTime(() => {
      stripped = stripQuote(text)
    })
    // the slowest, just under planer's caps, takes a second here; without the caps they take minutes
    expect(took).toBeLessThan(4_000)
    if (expected === null) expect(stripped.length).toBeGreaterThan(0)
    else expect(stripped).toBe(expected)
  })
})
