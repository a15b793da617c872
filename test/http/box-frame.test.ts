import { expect, test } from "vitest"
import { makeAsset } from "../../relay/http/assets.ts"
import { dressFrames } from "../../relay/http/box-frame.ts"
import { PLAIN_LOOK } from "../../shared/words/look.ts"

const page = (html = '<!doctype html><html lang="en"><body></body></html>') =>
  makeAsset("frame.html", new TextEncoder().encode(html))
const box = { look: PLAIN_LOOK, rates: false, transcripts: false }
const textOf = (asset: { plain: Uint8Array }): string => new TextDecoder().decode(asset.plain)

test("a site that set nothing has the page as it was built", async () => {
  expect(textOf(await dressFrames()(await page(), box))).toBe(textOf(await page()))
})

test("a look stands in the root's attributes, and nothing that an admin types leads out of them", async () => {
  const evil = `"><script>alert(1)</script> & ' $& \`\${x}\``
  const look = { ...PLAIN_LOOK, theme: "dark", language: "de", greeting: { de: evil } } as const
  const html = textOf(await dressFrames()(await page(), { ...box, look }))
  const [, attributes = ""] = /^<!doctype html><html ([^>]*)><body>/.exec(html) ?? []
  expect(attributes).not.toMatch(/<|script>/)
  const said = /data-look="([^"]*)"/.exec(attributes)?.[1] ?? ""
  const read = said
    .replaceAll("&quot;", '"')
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&")
  expect(JSON.parse(read)).toEqual({ language: "de", greeting: { de: evil } })
  expect(attributes).toContain('lang="de" data-theme="dark"')
})

test("it is made once for a look, and anew when the page was built anew", async () => {
  const dress = dressFrames()
  const first = await page()
  const made = await dress(first, box)
  expect(await dress(first, { ...box })).toBe(made)
  expect(await dress(first, { ...box, rates: true })).not.toBe(made)
  expect(textOf(await dress(await page('<html lang="en"><p>new</p></html>'), box))).toContain("new")
})
