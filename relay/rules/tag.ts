import type { TagFindingView } from "../../shared/protocol/record-views.ts"
import { forbidding } from "./content-policy.ts"

/** Whether a page shows a site's chat box, as far as can be told from the page as it is served. */

/** A page as it came. */
export interface SeenPage {
  url: string
  status: number
  type: string
  /** Values of Content-Security-Policy headers. */
  policies: readonly string[]
  html: string
}

export interface SeenSite {
  key: string
  origins: readonly string[]
  /** Origin of this relay, as browsers know it. */
  relay: string
  /** What another site of the account is called, by its key. */
  nameOfKey: (key: string) => string | undefined
}

interface Tag {
  src: URL
  key: string
  nonce: string | undefined
}

const ENTITIES: Record<string, string> = {
  "&amp;": "&",
  "&quot;": '"',
  "&#39;": "'",
  "&lt;": "<",
  "&gt;": ">",
}
const decoded = (text: string): string =>
  text.replace(/&(amp|quot|#39|lt|gt);/g, (entity) => ENTITIES[entity] ?? "")

/** Attributes of an opening tag, names in lower case. */
const attributesOf = (text: string): Map<string, string> =>
  new Map(
    [...text.matchAll(/([^\s"'=<>/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g)].map((found) => [
      (found[1] ?? "").toLowerCase(),
      decoded(found[2] ?? found[3] ?? found[4] ?? ""),
    ]),
  )

/**
 * Without comments; one that does not end goes on to the end of the page (HTML 13.2.5.45). Looked for piece by piece:
 * an expression that looks for the end of each begins anew at every beginning, and a hostile page has half a million.
 */
const uncommented = (html: string): string => {
  const kept: string[] = []
  for (let at = 0; ; ) {
    const from = html.indexOf("<!--", at)
    kept.push(html.slice(at, from === -1 ? undefined : from))
    const to = from === -1 ? -1 : html.indexOf("-->", from + 4)
    if (to === -1) return kept.join("")
    at = to + 3
  }
}

/** What stands in the opening tags of a name, none of which is looked for past the last `>`. */
const openings = (html: string, name: "script" | "meta"): string[] => {
  const plain = uncommented(html)
  const last = plain.lastIndexOf(">")
  const pattern = new RegExp(`<${name}\\b([^>]*)>`, "gi")
  return [...plain.slice(0, last + 1).matchAll(pattern)].map(([, inside = ""]) => inside)
}

/** Tags of chat boxes in a page. */
const tagsIn = ({ html, url }: Pick<SeenPage, "html" | "url">): Tag[] =>
  openings(html, "script").flatMap((inside) => {
    const attributes = attributesOf(inside)
    const src = attributes.get("src") ?? ""
    const key = attributes.get("data-site")
    if (!URL.canParse(src, url)) return []
    const place = new URL(src, url)
    // A tag without its key is one that somebody forgot to fill in.
    if (!place.pathname.endsWith("/box.js")) return []
    return [{ src: place, key: key ?? "", nonce: attributes.get("nonce") }]
  })

/** Policies of `<meta http-equiv>`. */
const policiesIn = (html: string): string[] =>
  openings(html, "meta").flatMap((inside) => {
    const attributes = attributesOf(inside)
    const equals = attributes.get("http-equiv")?.toLowerCase()
    return equals === "content-security-policy" ? [attributes.get("content") ?? ""] : []
  })

/** What is wrong, the first to be mended first; `found` alone where nothing is. */
export const judgePage = (page: SeenPage, site: SeenSite): TagFindingView[] => {
  if (page.status < 200 || page.status >= 300 || !/^text\/html|^application\/xhtml/i.test(page.type))
    return [{ finding: "not-a-page", value: `${page.status} ${page.type}`.trim() }]
  const findings: TagFindingView[] = []
  const { origin } = new URL(page.url)
  if (!site.origins.includes("*") && !site.origins.includes(origin))
    findings.push({ finding: "origin-not-listed", value: origin })
  const tags = tagsIn(page)
  const own = tags.filter(({ key }) => key === site.key)
  const here = own.find(({ src }) => src.origin === site.relay)
  if (here === undefined) return [wrongTag(tags, own, site), ...findings]
  const policies = [...page.policies, ...policiesIn(page.html)]
  const script = forbidding(policies, "script-src", { page: origin, target: here.src, nonce: here.nonce })
  if (script !== null) findings.push({ finding: "csp-script", value: script })
  const frame = new URL("/box/frame", site.relay)
  const framed = forbidding(policies, "frame-src", { page: origin, target: frame })
  if (framed !== null) findings.push({ finding: "csp-frame", value: framed })
  return findings.length === 0 ? [{ finding: "found", value: null }] : findings
}

const wrongTag = (tags: readonly Tag[], own: readonly Tag[], site: SeenSite): TagFindingView => {
  const [elsewhere] = own
  if (elsewhere !== undefined) return { finding: "other-relay", value: elsewhere.src.origin }
  const [other] = tags
  if (other !== undefined) return { finding: "other-key", value: site.nameOfKey(other.key) ?? other.key }
  return { finding: "missing", value: null }
}
