import { expect, test } from "vitest"
import { judgePage } from "../../relay/rules/tag.ts"
import { cpuTime } from "../kit/cpu-time.ts"

/** Whoever serves the page chose its bytes, and all of them are read in the thread that carries every socket. */

const judge = (html: string) =>
  judgePage(
    { url: "https://shop.example/", status: 200, type: "text/html", policies: [], html },
    { key: "k", origins: ["*"], relay: "https://chat.example", nameOfKey: () => undefined },
  ).map(({ finding }) => finding)

const OWN = '<script src="https://chat.example/box.js" data-site="k"></script>'

test.each([
  ["comments that never end", "<!--"],
  ["scripts that never end", "<script "],
  ["metas that never end", "<meta "],
  ["quotes that never end", "<script a='\" "],
])("a page of two million bytes of %s is read at once", async (_, piece) => {
  const page = OWN + piece.repeat(2_000_000 / piece.length)
  expect(await cpuTime(() => expect(judge(page)).toEqual(["found"]))).toBeLessThan(1_000)
})

test("what stands in a comment that never ends is no tag, as in browsers", () => {
  expect(judge(`<!-- ${OWN}`)).toEqual(["missing"])
  expect(judge(`<!-- a --><p><!-- b -->${OWN}`)).toEqual(["found"])
})
