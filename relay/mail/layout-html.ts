import { assertNever } from "../../shared/words/assert-never.ts"
import type { Language } from "../../shared/words/nouns.ts"
import type { Block } from "./letter.ts"
import { MARKER } from "./marker.ts"

/**
 * The HTML part: one narrow column, styles inline as many mail programs drop the rest, and a style block for
 * those that follow the reader's dark mode. Nothing is loaded from anywhere. Everything that came from a
 * person is escaped here and nowhere marked up: text is text.
 */
export const layoutHtml = (blocks: readonly Block[], title: string, language: Language): string =>
  `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${inHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body class="page" style="margin:0;padding:0;background:#f6f4ef;color:#1b2333;-webkit-text-size-adjust:100%">
<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" border="0" style="background:#f6f4ef"><tr><td align="center" style="padding:12px 8px 24px">
<table role="presentation" class="sheet" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:560px;background:#ffffff;border-radius:12px;table-layout:fixed"><tr><td class="ink" style="padding:14px 18px 18px;text-align:left;color:#1b2333;font:16px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;overflow-wrap:anywhere;word-break:break-word">
${blocks.map(block).join("\n")}
</td></tr></table>
</td></tr></table>
</body>
</html>
`

/** Dark mode. Colours keep 4.5:1 against what they stand on (WCAG 2.2 AA), as do the light ones. */
const STYLE = `:root{color-scheme:light dark;supported-color-schemes:light dark}
@media (prefers-color-scheme:dark){
.page{background:#12161e!important}
.sheet{background:#1a202b!important}
.ink{color:#eceae4!important}
.quiet{color:#a8b1c1!important}
.rule{border-color:#2d3645!important}
.them{background:#0e1219!important;border-color:#707c90!important}
.you{background:#263145!important;border-color:#9fc0f5!important}
.button{background:#b4c6e4!important;color:#131a27!important}
.link{color:#9fc0f5!important}
}`

const block = (one: Block): string => {
  switch (one.kind) {
    case "marker":
      return `<p class="quiet" style="margin:0 0 14px;font-size:12px;line-height:1.4;color:#525c6e;text-align:center">${MARKER}</p>`
    case "lead":
      return `<p style="margin:0 0 14px;font-size:18px;line-height:1.4;font-weight:600" dir="auto">${inHtml(one.text)}</p>`
    case "message":
      return message(one)
    case "note":
      return `<p style="margin:14px 0 0" dir="auto">${inHtml(one.text)}</p>`
    case "facts":
      return `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:20px 0 0;table-layout:fixed">${one.rows.map(fact).join("")}</table>`
    case "button":
      return button(one)
    case "code":
      return `<p dir="ltr" style="margin:6px 0;font:700 34px/1.3 ui-monospace,Menlo,Consolas,monospace;letter-spacing:6px">${inHtml(one.code)}</p>`
    case "small":
      return `<p class="quiet rule" style="margin:20px 0 0;padding:12px 0 0;border-top:1px solid #dfdad0;font-size:13px;line-height:1.5;color:#525c6e" dir="auto">${one.lines.map(smallLine).join("<br>")}</p>`
    default:
      return assertNever(one)
  }
}

const button = ({ text, href, quiet }: Extract<Block, { kind: "button" }>): string => {
  const look = quiet
    ? "border:1px solid #807b71;color:#1b2333;padding:9px 17px"
    : "background:#26344f;color:#ffffff;padding:10px 18px"
  return `<p style="margin:${quiet ? 10 : 18}px 0 0"><a class="${quiet ? "ink" : "button"}" href="${inHtml(href)}" style="display:inline-block;${look};border-radius:8px;font-weight:600;text-decoration:none">${inHtml(text)}</a></p>`
}

const message = (one: Extract<Block, { kind: "message" }>): string => {
  const look =
    one.side === "them"
      ? "background:#eeebe4;border-left:3px solid #807b71"
      : "background:#e4e9f2;border-left:3px solid #2a5298"
  const who = one.name ? `<b>${inHtml(one.name)}</b> · ` : ""
  return `<div class="${one.side}" style="margin:0 0 8px;padding:8px 12px 10px;border-radius:4px;${look}"><div class="quiet" style="font-size:13px;line-height:1.4;color:#525c6e" dir="auto">${who}${inHtml(one.at)}</div><div dir="auto">${inHtml(one.text)}</div>${one.files.map(fileLine).join("")}</div>`
}

const fileLine = (line: string): string =>
  `<div class="quiet" style="margin:8px 0 0;font-size:14px;line-height:1.45;color:#525c6e" dir="auto">${inHtml(line)}</div>`

const smallLine = (line: string | { text: string; href: string }): string =>
  typeof line === "string"
    ? inHtml(line)
    : `<a class="link" href="${inHtml(line.href)}" style="color:#2a5298">${inHtml(line.text)}</a>`

const fact = ({ label, value, href }: { label: string; value: string; href: string | null }): string => {
  const shown = href
    ? `<a class="link" href="${inHtml(href)}" style="color:#2a5298">${inHtml(value)}</a>`
    : inHtml(value)
  return `<tr><td class="quiet" width="92" valign="top" style="width:92px;padding:2px 10px 2px 0;font-size:14px;line-height:1.45;color:#525c6e">${inHtml(label)}</td><td valign="top" style="padding:2px 0;font-size:14px;line-height:1.45" dir="auto">${shown}</td></tr>`
}

const ENTITIES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
}

/** Text as HTML, for content and attributes; line ends become `<br>`, double spaces stay. */
const inHtml = (text: string): string =>
  text
    .replace(/[&<>"']/g, (character) => ENTITIES[character]!)
    .replace(/\r\n?|\n/g, "<br>")
    .replace(/ {2}/g, " &nbsp;")
