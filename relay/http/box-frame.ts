import { boxLook } from "../../shared/words/box-look.ts"
import type { SiteBox } from "../../shared/words/look.ts"
import { type Asset, makeAsset } from "./assets.ts"

/**
 * The page in the chat box's frame, with how its site has it look: attributes of the root element, so that it is
 * painted right from the start and nothing has to be asked for.
 */

/** Different pages kept, compressed. */
const MOST_KEPT = 500

const quoted = (text: string): string =>
  `"${text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")}"`

/** The root's attributes. */
const attributesOf = (box: SiteBox): string => {
  const look = boxLook(box)
  const { theme, language } = box.look
  return [
    `lang="${language ?? "en"}"`,
    ...(theme === "auto" ? [] : [`data-theme="${theme}"`]),
    ...(Object.keys(look).length === 0 ? [] : [`data-look=${quoted(JSON.stringify(look))}`]),
  ].join(" ")
}

/** Gives the frame's page for a site's look; each is made and compressed once, and anew when the page is. */
export const dressFrames = (): ((plain: Asset, box: SiteBox) => Promise<Asset>) => {
  let of: Asset | null = null
  let kept = new Map<string, Promise<Asset>>()
  return async (plain, box) => {
    if (of !== plain || kept.size >= MOST_KEPT) kept = new Map()
    of = plain
    const attributes = attributesOf(box)
    const found = kept.get(attributes)
    if (found !== undefined) return found
    const html = new TextDecoder().decode(plain.plain).replace(/<html[^>]*>/, () => `<html ${attributes}>`)
    const made = makeAsset("frame.html", new TextEncoder().encode(html))
    kept.set(attributes, made)
    return made
  }
}
