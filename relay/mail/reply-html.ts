import { compile } from "html-to-text"

/** Characters of HTML that are read; deeper or longer ones are cut. */
const MAX_HTML = 1_000_000
const LIMITS = { maxDepth: 200, maxChildNodes: 5_000, maxInputLength: MAX_HTML }

/** How mail programs mark what they quote. */
const QUOTES = [
  "div.gmail_quote",
  "div.gmail_attr",
  "blockquote[type=cite]",
  "div.moz-cite-prefix",
  "div.yahoo_quoted",
  "div.protonmail_quote",
  "#divRplyFwdMsg",
]

const LINES = [
  { selector: "img", format: "skip" },
  { selector: "a", options: { hideLinkHrefIfSameAsText: true, ignoreHref: false } },
]
const options = { wordwrap: false as const, limits: LIMITS }

const toText = compile({ ...options, selectors: LINES })
const toUnquotedText = compile({
  ...options,
  selectors: [...LINES, ...QUOTES.map((selector) => ({ selector, format: "skip" }))],
})

/**
 * The text of an answer that came as HTML alone, without what the program marked as quoted; with it when
 * nothing else is there (an answer written into the quote). Throws what the converter throws.
 */
export const replyTextOfHtml = (html: string): string => {
  const read = html.slice(0, MAX_HTML)
  return toUnquotedText(read).trim() || toText(read).trim()
}

/** All of the text of a mail that came as HTML alone. Throws what the converter throws. */
export const textOfHtml = (html: string): string => toText(html.slice(0, MAX_HTML)).trim()
