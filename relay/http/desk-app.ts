import type { OpenAPIHono } from "@hono/zod-openapi"
import { pickLanguage } from "../../shared/i18n/pick-language.ts"
import { pushWords } from "../../shared/i18n/push/index.ts"
import { LANGUAGES, type Language } from "../../shared/words/nouns.ts"
import { Refusal } from "../../shared/words/refusals.ts"
import { type Assets, makeAsset, sendAsset } from "./assets.ts"

/** What makes the desk installable: its manifest, its worker, its icons; all below the page's address. */

/** As shared/design/tokens.css: the page's paper, and dusk above it. */
const COLOURS = { background: "#f6f4ef", theme: "#22304a" }

const icon = (name: string, size: number, purpose: "any" | "maskable") => ({
  src: `/desk/${name}-${size}.png`,
  sizes: `${size}x${size}`,
  type: "image/png",
  purpose,
})

/** Web Application Manifest (W3C) in one language. */
const manifestIn = (language: Language) => {
  const say = pushWords(language)
  return {
    id: "/desk",
    name: say("app.name"),
    short_name: "Porchlight",
    description: say("app.description"),
    lang: language,
    dir: "ltr",
    start_url: "/desk",
    scope: "/desk",
    display: "standalone",
    background_color: COLOURS.background,
    theme_color: COLOURS.theme,
    categories: ["business", "productivity"],
    launch_handler: { client_mode: "focus-existing" },
    icons: [
      icon("icon", 192, "any"),
      icon("icon", 512, "any"),
      icon("maskable", 192, "maskable"),
      icon("maskable", 512, "maskable"),
    ],
  }
}

/** The language that is asked for by name, else the first of ours that the browser reads. */
const languageOf = (asked: string | undefined, accepted: string | undefined): Language =>
  LANGUAGES.find((one) => one === asked) ??
  pickLanguage((accepted ?? "").split(",").map((part) => part.split(";")[0]?.trim() ?? ""))

/** Names that the build gives what is below the desk's address. */
const FILE = /^[a-z-]+(-\d+)?\.(js|png)$/

/** `policy`: what the worker itself may fetch. */
export const addDeskApp = (app: OpenAPIHono, assets: Assets, policy: Record<string, string>): void => {
  app.get("/desk/manifest.webmanifest", async (c) => {
    const language = languageOf(c.req.query("lang"), c.req.header("accept-language"))
    const text = new TextEncoder().encode(JSON.stringify(manifestIn(language)))
    const answer = sendAsset(await makeAsset("manifest.webmanifest", text), c.req.raw)
    answer.headers.append("Vary", "Accept-Language")
    return answer
  })

  app.get("/desk/:file", async (c) => {
    const file = c.req.param("file")
    const asset = FILE.test(file) ? await assets.find(`desk/${file}`) : null
    if (asset === null) throw new Refusal("not-found", `there is no file ${c.req.path}`)
    if (!file.endsWith(".js")) return sendAsset(asset, c.req.raw, {}, "public, max-age=86400")
    // A worker has power over what is below its own folder, unless its answer says otherwise (Service Workers, 4.1).
    return sendAsset(asset, c.req.raw, { ...policy, "Service-Worker-Allowed": "/desk" })
  })
}
