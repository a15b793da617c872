import { describe, expect, test } from "vitest"
import { judgePage, type SeenPage, type SeenSite } from "../../relay/rules/tag.ts"

const RELAY = "https://chat.example"
const site: SeenSite = {
  key: "abcdefghijklmnopqrst",
  origins: ["https://shop.example"],
  relay: RELAY,
  nameOfKey: (key) => (key === "otherotherotherother" ? "Blog" : undefined),
}
const tag = (attributes = ""): string =>
  `<script async src="${RELAY}/box.js" data-site="${site.key}" ${attributes}></script>`
const page = (html: string, policies: string[] = [], more: Partial<SeenPage> = {}): SeenPage => ({
  url: "https://shop.example/",
  status: 200,
  type: "text/html; charset=utf-8",
  policies,
  html: `<!doctype html><html><head>${html}</head><body></body></html>`,
  ...more,
})
const judge = (html: string, policies: string[] = [], more: Partial<SeenPage> = {}) =>
  judgePage(page(html, policies, more), site).map(({ finding, value }) => [finding, value])

const FOUND = [["found", null]]

describe("a page with the tag", () => {
  test.each([
    ["as it is copied", tag()],
    ["with single quotes", `<script src='${RELAY}/box.js' data-site='${site.key}'></script>`],
    ["without quotes", `<script data-site=${site.key} src=${RELAY}/box.js async></script>`],
    ["over several lines", tag().replaceAll(" ", "\n  ")],
    ["with what comes after the name", tag().replace("box.js", "box.js?v=3&amp;a=b")],
  ])("is found %s", (_, html) => expect(judge(html)).toEqual(FOUND))

  test("is missing where there is none, or where it is in a comment", () => {
    expect(judge("<script src='/other.js'></script>")).toEqual([["missing", null]])
    expect(judge(`<!-- ${tag()} -->`)).toEqual([["missing", null]])
  })

  test("is another's where its key is, or its relay", () => {
    expect(judge(tag().replace(site.key, "otherotherotherother"))).toEqual([["other-key", "Blog"]])
    expect(judge(tag().replace(site.key, "nobodysnobodysnobody"))).toEqual([
      ["other-key", "nobodysnobodysnobody"],
    ])
    expect(judge(tag().replace(RELAY, "https://old.example"))).toEqual([
      ["other-relay", "https://old.example"],
    ])
  })

  test("is on an origin that is not listed", () => {
    expect(judge(tag(), [], { url: "https://www.shop.example/a" })).toEqual([
      ["origin-not-listed", "https://www.shop.example"],
    ])
    const anywhere = { ...site, origins: ["*"] }
    expect(judgePage(page(tag(), [], { url: "https://x.example/" }), anywhere)).toMatchObject([
      { finding: "found" },
    ])
  })

  test("is no page", () => {
    expect(judge(tag(), [], { status: 404 })).toEqual([["not-a-page", "404 text/html; charset=utf-8"]])
    expect(judge(tag(), [], { type: "application/json" })).toEqual([["not-a-page", "200 application/json"]])
  })
})

describe("its policy", () => {
  test.each([
    ["none"],
    [`script-src ${RELAY}; frame-src ${RELAY}`],
    [`default-src 'self' ${RELAY}`],
    ["default-src https:"],
    ["script-src *; child-src *.example"],
    [`script-src 'nonce-r4nd0m'; frame-src chat.example`],
    [`script-src 'strict-dynamic' 'nonce-r4nd0m'; frame-src ${RELAY}/box/`],
    [`script-src-elem ${RELAY}/box.js; script-src 'none'; frame-src ${RELAY}:443`],
    ["img-src 'none'; object-src 'none'"],
  ])("allows it: %s", (policy) => expect(judge(tag('nonce="r4nd0m"'), [policy])).toEqual(FOUND))

  test.each([
    [
      "default-src 'self'",
      [
        ["csp-script", "default-src"],
        ["csp-frame", "default-src"],
      ],
    ],
    ["default-src 'none'; script-src https://chat.example", [["csp-frame", "default-src"]]],
    [`script-src 'self'; frame-src ${RELAY}`, [["csp-script", "script-src"]]],
    [`script-src ${RELAY}; frame-src 'none'`, [["csp-frame", "frame-src"]]],
    [`script-src ${RELAY} 'strict-dynamic' 'nonce-x'; frame-src ${RELAY}`, [["csp-script", "script-src"]]],
    ["script-src http://chat.example:8080; frame-src *", [["csp-script", "script-src"]]],
    ["script-src https://chat.example/scripts/; frame-src *", [["csp-script", "script-src"]]],
    ["script-src *.chat.example; frame-src *", [["csp-script", "script-src"]]],
  ])("forbids it: %s", (policy, findings) => expect(judge(tag(), [policy])).toEqual(findings))

  test("counts each of several, and those of the page itself", () => {
    expect(judge(tag(), ["script-src *", "frame-src 'self'"])).toEqual([["csp-frame", "frame-src"]])
    expect(judge(tag(), ["script-src *, frame-src 'self'"])).toEqual([["csp-frame", "frame-src"]])
    const meta = `<meta http-equiv="Content-Security-Policy" content="script-src 'self'">`
    expect(judge(meta + tag())).toEqual([["csp-script", "script-src"]])
  })
})
