import { expect, it } from "vitest"
import { de } from "../../shared/i18n/changes/de.ts"
import { en } from "../../shared/i18n/changes/en.ts"
import { type ChangeWords, tellFields } from "../../shared/i18n/changes/tell.ts"
import { speak } from "../../shared/i18n/formatter.ts"
import type { ChangeView } from "../../shared/protocol/record-views.ts"
import type { Json } from "../../shared/words/changes.ts"

const EN: ChangeWords = { say: speak<typeof en>(en, "en"), language: "en", names: {} }
const DE: ChangeWords = { say: speak<typeof en>(de, "de"), language: "de", names: {} }

const changed = (field: string, from: Json, to: Json): ChangeView => ({
  seq: 1,
  at: 0,
  way: "relay",
  byAgent: null,
  byName: null,
  kind: "site",
  thing: "si_a",
  name: "Shop",
  deed: "changed",
  fields: [{ field, from, to }],
})

it("languages are called by their names, in the reader's language", () => {
  expect(tellFields(EN, changed("language", "en", "de"))).toEqual(["Language: English → German"])
  expect(tellFields(DE, changed("language", "en", "de"))).toEqual(["Sprache: Englisch → Deutsch"])
})

it("a picture is told without its id", () => {
  expect(tellFields(EN, changed("picture", null, "pi_a"))).toEqual(["Picture: none → a picture"])
  expect(tellFields(EN, changed("picture", "pi_a", "pi_b"))).toEqual(["Picture: a picture → another picture"])
  expect(tellFields(DE, changed("picture", "pi_b", null))).toEqual(["Bild: ein Bild → nichts"])
})

it("a look is told by what is set of it, in words", () => {
  const look = { color: "#ffff66", side: "auto", theme: "auto", language: null, launcher: {}, greeting: {} }
  expect(tellFields(EN, changed("look", null, look))).toEqual([
    "Look of the chat box: none → Colour: #ffff66",
  ])
  const other = { ...look, color: null, side: "left", language: "cs", greeting: { en: "Hi" } }
  expect(tellFields(DE, changed("look", look, other))).toEqual([
    "Aussehen des Chats: Farbe: #ffff66 → Wo es steht: Links; Sprache: Tschechisch; Erste Worte: Englisch: Hi",
  ])
  expect(tellFields(EN, changed("look", { ...look, color: null }, null))).toEqual([])
})
