import type { OpenAPIHono } from "@hono/zod-openapi"
import type { Context } from "hono"
import { Refusal } from "../../shared/words/refusals.ts"
import type { House } from "../house.ts"
import { type Assets, makeAsset, sendAsset } from "./assets.ts"
import { dressFrames } from "./box-frame.ts"
import { addDeskApp } from "./desk-app.ts"
import { liveOriginOf, pagePolicy } from "./headers.ts"
import { createHellos } from "./hellos.ts"

/** Pages that are the same for everybody: address and built file. */
const PAGES = {
  "/setup": "setup.html",
  "/mailbox": "mailbox.html",
  "/desk": "desk.html",
  "/admin": "admin.html",
  "/take": "take.html",
  "/allow": "allow.html",
} as const

/** Where the demo page's file has the key of the site whose chat box it shows; empty when there is none. */
const SITE_KEY_MARK = "%SITE_KEY%"

/** Files that pages of others load or that stand in their frames. */
const FOR_OTHERS = { "Cross-Origin-Resource-Policy": "cross-origin" }

/** A loader is asked for again by every page: not each time, and a new one is there in five minutes. */
const LOADER_CACHE = "public, max-age=300, stale-while-revalidate=86400"

/** Adds pages and built files to the app. `self` is the relay's origin as the browser of a request knows it. */
export const addPages = (app: OpenAPIHono, house: House, assets: Assets): void => {
  const { store, clock, config } = house
  const policy = (ancestors: string): Record<string, string> => ({
    "Content-Security-Policy": pagePolicy(ancestors, liveOriginOf(config.publicUrl)),
  })

  const dressed = dressFrames()

  const sayHello = createHellos(house)

  const page = async (c: Context, file: string, headers: Record<string, string>): Promise<Response> => {
    const asset = await assets.find(file)
    if (asset === null) throw notBuilt(file)
    return sendAsset(asset, c.req.raw, headers)
  }

  app.get("/", async (c) => {
    const { accounts } = await store.run("readFirst", {}, clock.now())
    return c.redirect(accounts === "none" ? "/setup" : "/desk", 302)
  })

  for (const [address, file] of Object.entries(PAGES))
    app.get(address, (c) => page(c, file, policy("'none'")))

  addDeskApp(app, assets, policy("'none'"))

  app.get("/unsubscribe/:token", (c) => page(c, "unsubscribe.html", policy("'none'")))

  app.get("/demo", async (c) => {
    const asset = await assets.find("demo.html")
    if (asset === null) throw notBuilt("demo.html")
    const { siteKey } = await store.run("readFirst", {}, clock.now())
    const html = new TextDecoder().decode(asset.plain).replaceAll(SITE_KEY_MARK, siteKey ?? "")
    return sendAsset(
      await makeAsset("demo.html", new TextEncoder().encode(html)),
      c.req.raw,
      policy("'none'"),
    )
  })

  app.get("/box.js", async (c) => {
    const asset = await assets.find("box.js")
    if (asset === null) throw notBuilt("box.js")
    return sendAsset(asset, c.req.raw, FOR_OTHERS, LOADER_CACHE)
  })

  app.get("/box/frame", async (c) => {
    const siteKey = c.req.query("site") ?? ""
    const { origins, ...box } = await store.run("readFrame", { siteKey }, clock.now())
    sayHello(siteKey, c.req.header("referer"))
    const asset = await assets.find("frame.html")
    if (asset === null) throw notBuilt("frame.html")
    const headers = { ...FOR_OTHERS, ...policy(ancestorsOf(origins)) }
    return sendAsset(await dressed(asset, box), c.req.raw, headers)
  })

  // What the admin page shows of a look that is being chosen.
  app.get("/box/preview", (c) => page(c, "box-preview.html", policy("'self'")))

  app.get("/assets/*", async (c) => {
    const asset = await assets.find(c.req.path.slice(1))
    if (asset === null) throw new Refusal("not-found", `there is no file ${c.req.path}`)
    return sendAsset(asset, c.req.raw, FOR_OTHERS)
  })
}

/** `'self'` too: the relay's own demo page may show any site's box. */
const ancestorsOf = (origins: readonly string[]): string => ["'self'", ...origins].join(" ")

const notBuilt = (file: string): Refusal =>
  new Refusal("not-found", `${file} is not built: run “npm run build”, then load this page again`)
