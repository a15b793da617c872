import { writeFileSync } from "node:fs"

const esc = (text: string): string => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)

const STYLE = `
  body { margin: 0; padding: 24px; background: #6b7280; color: #fff; font: 14px/1.4 system-ui, sans-serif }
  nav a { display: inline-block; margin: 0 12px 6px 0; color: #fff }
  h2 { margin: 32px 0 8px; font-size: 18px }
  section > div { display: flex; flex-wrap: wrap; align-items: flex-start; gap: 16px }
  figure { margin: 0 }
  figcaption { font-size: 12px }
  img { display: block; max-height: 480px; max-width: 720px; background: #fff }
`

/**
 * Writes index.html beside the pictures: a section for each screen, a picture for each of its looks. Their
 * names are `<screen>.<stage>.<language>.<width>.<theme>.png`.
 */
export const writeSheets = (folder: URL, files: readonly string[]): void => {
  const screens = [...new Set(files.map((file) => file.split(".")[0] ?? ""))]
  const section = (screen: string): string =>
    `<section id="${esc(screen)}"><h2>${esc(screen)}</h2><div>${files
      .filter((file) => file.startsWith(`${screen}.`))
      .map((file) => {
        const words = file.split(".").slice(1, -1).join(" · ")
        return `<figure><a href="${esc(file)}"><img loading="lazy" src="${esc(file)}" alt=""></a><figcaption>${esc(words)}</figcaption></figure>`
      })
      .join("")}</div></section>`
  const links = screens.map((screen) => `<a href="#${esc(screen)}">${esc(screen)}</a>`).join("")
  writeFileSync(
    new URL("index.html", folder),
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>All screens</title><style>${STYLE}</style>
<h1>All screens</h1><nav>${links}</nav>${screens.map(section).join("\n")}</html>\n`,
  )
}
