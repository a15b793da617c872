import type { BrowserContext, Frame, Page } from "playwright-core"
import { EVIL, TRAP } from "./payloads.ts"

/** Names of what the pages tell the trap. */
const TOLD = "__xssTold"

/**
 * Sets a trap in every page of a browser: a payload that runs calls it, a dialog that opens, a policy of the
 * page that had to stop something, and a request to any host but this machine are caught. Gives what was
 * caught, as it comes.
 */
export const setTrap = async (context: BrowserContext): Promise<string[]> => {
  const caught: string[] = []
  await context.exposeBinding(TRAP, ({ frame }, payload: unknown) => {
    caught.push(`payload ${String(payload)} ran in ${frame.url()}`)
  })
  await context.exposeBinding(TOLD, ({ frame }, what: unknown) => {
    caught.push(`${String(what)} in ${frame.url()}`)
  })
  await context.addInitScript((told) => {
    const tell = (what: string): void => {
      const binding = (window as unknown as Record<string, ((what: string) => void) | undefined>)[told]
      binding?.(what)
    }
    addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI, sample }) =>
      tell(`the policy had to stop ${effectiveDirective} ${blockedURI} ${sample}`),
    )
  }, TOLD)
  context.on("page", (page) =>
    page.on("dialog", (dialog) => {
      caught.push(`a dialog said ${dialog.message()} in ${page.url()}`)
      void dialog.dismiss()
    }),
  )
  await context.route(
    (url) => url.protocol.startsWith("http") && url.hostname !== "127.0.0.1",
    async (route) => {
      caught.push(`asked for ${route.request().url()} in ${route.request().frame().url()}`)
      await route.abort()
    },
  )
  return caught
}

/**
 * What should not be in a document of ours even where it does not run: handlers and scripts written in
 * attributes, elements that only payloads bring, links to what is no page or mail. Runs in the page.
 */
const foreignBodies = (evil: string): string[] => {
  const found: string[] = []
  const say = (what: string, element: Element): void =>
    void found.push(`${what}: ${element.outerHTML.slice(0, 160)}`)
  const brought =
    "xss, marquee, keygen, isindex, frameset, plaintext, xmp, embed, object, math, foreignObject, set"
  for (const element of document.querySelectorAll(brought)) say("an element of a payload", element)
  for (const element of document.querySelectorAll("*")) {
    for (const { name, value } of element.attributes) {
      if (name.startsWith("on")) say("a handler", element)
      const loads = /^(?:src|srcset|data|poster|background|action|formaction|srcdoc|xlink:href)$/.test(name)
      if (loads && (value.includes(evil) || /script/i.test(value))) say(`a bad ${name}`, element)
      if (name === "style" && /url\(|expression/.test(value)) say("a bad style", element)
    }
    if (element instanceof HTMLScriptElement && element.src === "" && element.type !== "application/json")
      say("an inline script", element)
  }
  for (const link of document.links)
    if (!/^(?:https?|mailto|blob|chrome-extension):$/.test(link.protocol)) say("a bad link", link)
  return found
}

const ownFrames = (page: Page): Frame[] => page.frames().filter((frame) => frame.url() !== "about:blank")

/** Foreign bodies in all frames of a page. */
export const foreignIn = async (page: Page): Promise<string[]> =>
  (await Promise.all(ownFrames(page).map((frame) => frame.evaluate(foreignBodies, EVIL)))).flat()
