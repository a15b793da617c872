import type { TagLookView } from "../../shared/protocol/record-views.ts"
import type { Millis } from "../../shared/words/time.ts"
import { type Outside, UnfitPlace } from "../outside.ts"
import { judgePage, type SeenPage, type SeenSite } from "../rules/tag.ts"

/** Looks at a page as a browser would get it. */

/** Of a page; the tag may stand at its end. */
const MOST_BYTES = 2_000_000
const MOST_REDIRECTS = 3

/** Pages are public: what the relay could see and others could not is refused, also after a redirect. */
const HEADERS = { Accept: "text/html", "User-Agent": "Porchlight (looking for its chat box)" }

const follow = async (outside: Pick<Outside, "get">, first: string): Promise<SeenPage> => {
  let url = first
  for (let hops = 0; ; hops += 1) {
    const { status, headers, text } = await outside.get(url, HEADERS, MOST_BYTES, "always")
    const to = headers.location
    const next = typeof to === "string" && URL.canParse(to, url) ? new URL(to, url).href : null
    if (status >= 300 && status < 400 && next !== null && hops < MOST_REDIRECTS) {
      url = next
      continue
    }
    const type = headers["content-type"]
    const policies = [headers["content-security-policy"] ?? []].flat()
    return { url, status, type: typeof type === "string" ? type : "", policies, html: text }
  }
}

/** What there is to say about the tag of a site on a page. */
export const lookAtTag = async (
  outside: Pick<Outside, "get">,
  url: string,
  site: SeenSite,
  now: Millis,
): Promise<TagLookView> => {
  try {
    const page = await follow(outside, url)
    return { url: page.url, at: now, findings: judgePage(page, site) }
  } catch (error) {
    return { url, at: now, findings: [{ finding: "unreachable", value: whyOf(error) }] }
  }
}

const whyOf = (error: unknown): string => {
  if (error instanceof UnfitPlace) return error.why
  if (error instanceof Error && error.name === "TimeoutError") return "timeout"
  const { code, message } = error as { code?: string; message?: string }
  return code ?? message ?? "error"
}
