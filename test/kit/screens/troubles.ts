import type { Frame, Page } from "playwright-core"
import { MINUTE } from "../../../shared/words/time.ts"

/**
 * What does not fit, one line each: a document wider than its window, text that sticks out of the window or is
 * cut off by a box around it. An ellipsis is no trouble (it says that there is more), nor is what can be
 * scrolled to, nor what is hidden for the eye. Runs in the page.
 */
const misfits = (): string[] => {
  const found: string[] = []
  const root = document.documentElement
  if (root.scrollWidth > innerWidth)
    found.push(`the document is ${root.scrollWidth} px wide in a window of ${innerWidth}`)

  const name = (element: Element): string =>
    `${element.tagName.toLowerCase()}.${element.getAttribute("class") ?? ""} “${(element.textContent ?? "").trim().slice(0, 50)}”`

  const isSeen = (element: Element): boolean =>
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
    element.closest(".hidden, [hidden]") === null &&
    getComputedStyle(element).color !== "rgba(0, 0, 0, 0)"

  /** The nearest box that cuts off or scrolls what is in it; `null`: the window. */
  const keeper = (element: Element): { box: Element; cuts: boolean } | null => {
    for (let box: Element | null = element; box !== null && box !== document.body; box = box.parentElement) {
      const { overflowX, overflowY, position } = getComputedStyle(box)
      if (overflowX === "hidden" || overflowX === "clip") return { box, cuts: true }
      if (overflowX !== "visible" || overflowY !== "visible") return { box, cuts: false }
      if (position === "fixed") return null
    }
    return null
  }

  const isElided = (element: Element): boolean => {
    for (let box: Element | null = element; box !== null; box = box.parentElement) {
      const style = getComputedStyle(box)
      if (style.textOverflow === "ellipsis" || style.webkitLineClamp !== "none") return true
    }
    return false
  }

  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const told = new Set<Element>()
  for (let text = texts.nextNode(); text !== null; text = texts.nextNode()) {
    const element = text.parentElement
    if (element === null || !text.textContent?.trim() || told.has(element) || !isSeen(element)) continue
    const range = document.createRange()
    range.selectNodeContents(text)
    const { left, right, width } = range.getBoundingClientRect()
    if (width === 0) continue
    const kept = keeper(element)
    const edge = kept === null ? { left: 0, right: innerWidth } : kept.box.getBoundingClientRect()
    // What can be scrolled to is not lost; half a pixel is rounding.
    if (kept !== null && !kept.cuts) continue
    const margin =
      1 + (kept === null ? 0 : Number.parseFloat(getComputedStyle(kept.box).overflowClipMargin) || 0)
    if (left >= edge.left - margin && right <= edge.right + margin) continue
    if (isElided(element)) continue
    told.add(element)
    found.push(
      `${name(element)} reaches from ${Math.round(left)} to ${Math.round(right)} px, but ${
        kept === null ? "the window" : name(kept.box).slice(0, 40)
      } ends at ${Math.round(edge.right)}`,
    )
  }

  for (const box of document.querySelectorAll("body *")) {
    const { overflowY, overflowX } = getComputedStyle(box)
    // Meant to scroll sideways is what can have the focus for it, and what is typed in.
    const sideways = /auto|scroll/.test(overflowX) && box.scrollWidth > box.clientWidth + 1
    if (sideways && isSeen(box) && !box.matches("[tabindex], input, textarea, select"))
      found.push(`${name(box)} scrolls sideways: ${box.scrollWidth} px in ${box.clientWidth}`)
    if (!/hidden|clip/.test(`${overflowY} ${overflowX}`) || !isSeen(box) || isElided(box)) continue
    if (box.scrollHeight > box.clientHeight + 2 && overflowY === "hidden" && box.clientHeight > 4)
      found.push(`${name(box)} is ${box.scrollHeight} px high, and cut off at ${box.clientHeight}`)
  }
  return found
}

const ownFrames = (page: Page): Frame[] => page.frames().filter((frame) => !frame.url().startsWith("about:"))

/** What does not fit in any frame of a page. */
export const misfitsOf = async (page: Page): Promise<string[]> => {
  const found = await Promise.all(ownFrames(page).map((frame) => frame.evaluate(misfits)))
  return found.flat()
}

/**
 * Text in `percent` of its size, as a browser or phone is set to. The closed chat box, which stands in as much room as
 * it has asked the page for, asks anew with its next painting: once a minute at the latest.
 */
export const enlargeText = async (page: Page, percent: number): Promise<void> => {
  for (const frame of ownFrames(page)) {
    await frame.evaluate((size) => {
      document.documentElement.style.fontSize = `${size}%`
    }, percent)
    if (await frame.locator(".launcher").isVisible()) await page.clock.runFor(MINUTE)
  }
}
