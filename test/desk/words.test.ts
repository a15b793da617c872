import { describe, expect, it } from "vitest"
import { backOff } from "../../shared/desk/back-off.ts"
import { linkParts, webUrl } from "../../shared/desk/links.ts"
import { conversationIn, hashOf } from "../../shared/desk/route.ts"
import { countdown } from "../../shared/desk/words.ts"
import { ONE } from "./samples.ts"

describe("links in somebody's words", () => {
  const urls = (text: string) => linkParts(text).flatMap(({ url }) => url ?? [])

  it("are found without the punctuation around them", () => {
    expect(urls("see https://a.example/x(1), http://b.example. (https://c.example/d)")).toEqual([
      "https://a.example/x(1)",
      "http://b.example",
      "https://c.example/d",
    ])
  })

  it("are never anything but web addresses", () => {
    expect(urls("javascript:alert(1) data:text/html,x https:// mailto:a@b.example")).toEqual([])
    expect(webUrl("javascript:alert(1)")).toBeNull()
    expect(webUrl(" JaVaScRiPt:alert(1)")).toBeNull()
    expect(webUrl("/relative")).toBeNull()
    expect(webUrl("https://a.example/")).toBe("https://a.example/")
  })

  it("leave the text as it was", () => {
    const text = "a <b>https://a.example/\"'</b> b"
    expect(
      linkParts(text)
        .map((part) => part.text)
        .join(""),
    ).toBe(text)
  })
})

it("counts down in minutes and seconds, and not below zero", () => {
  expect([80_000, 79_001, 59_000, 3_725_000, -5].map(countdown)).toEqual([
    "1:20",
    "1:20",
    "0:59",
    "1:02:05",
    "0:00",
  ])
})

it("reads a conversation from the address, and nothing else", () => {
  expect(conversationIn(hashOf(ONE))).toBe(ONE)
  expect(conversationIn("#/c/co_<img>")).toBeNull()
  expect(conversationIn("#/")).toBeNull()
  expect(hashOf(null)).toBe("#/")
})

it("waits longer after each try, up to half a minute, never in step with others", () => {
  expect([1, 2, 3, 20].map((tries) => backOff(tries, 0))).toEqual([500, 1000, 2000, 30_000])
  expect(backOff(20, 1)).toBe(15_000)
})
