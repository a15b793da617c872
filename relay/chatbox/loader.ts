import type { BoxEventName, BoxEvents, FromFrame, FromHost } from "./between.ts"

/**
 * The script on the customer's page:
 *
 *   <script async src="https://relay.example/box.js" data-site="KEY"></script>
 *
 * data-group="…"    the light and the answers of one group; without it, visitors choose from those of the site
 * data-lang="de"    a language other than the browser's (en, cs, de, es, fr)
 * data-theme="dark" light or dark whatever the system says
 *
 * It makes one iframe and nothing else: no cookie, no storage, no style sheet. Styles go through the CSSOM
 * with priority, so that neither a strict CSP nor a reset of the page matters. Needs of a page's CSP:
 * script-src and frame-src with the relay's origin. docs/site-owners.md says all of this at length.
 *
 * Before it is there, commands wait in an array:
 *
 *   window.porchlight = window.porchlight || []
 *   porchlight.push(["identify", { name: "Ada", email: "ada@example.com" }])
 */
type Fn<Name extends BoxEventName> = (value: BoxEvents[Name]) => void

interface Porchlight {
  /** Opens the panel; the focus comes back to where it was. */
  open: () => void
  close: () => void
  /** Who the visitor is: an object, or JSON text with its signature. Told to nobody before they open the box. */
  identify: (who: object | string, signature?: string) => void
  /** The browser keeps nothing of this visitor any more: for a sign-out on a computer that others use too. */
  forget: () => void
  /** Returns a function that ends it, as `off` does. */
  on: <Name extends BoxEventName>(event: Name, fn: Fn<Name>) => () => void
  off: <Name extends BoxEventName>(event: Name, fn: Fn<Name>) => void
  /** Commands with their arguments, done one by one; before the script was there they wait. */
  push: (...commands: Command[]) => void
}
type Command = [name: Exclude<keyof Porchlight, "push">, ...args: unknown[]]

declare global {
  interface Window {
    porchlight?: Porchlight
  }
}

;(() => {
  const running = document.currentScript
  const script = (
    running?.dataset?.site ? running : document.querySelector("script[data-site][src*='/box.js']")
  ) as HTMLScriptElement | null
  const site = script?.dataset.site
  // An array waits for us; an element whose id is “porchlight” is in nobody's way.
  const before: unknown = window.porchlight
  if (!script || !site || typeof (before as Porchlight | undefined)?.identify === "function") return

  const { origin } = new URL(script.src)
  const { group, lang, theme } = script.dataset
  const html = document.documentElement
  const small = matchMedia("(max-width:520px),(max-height:460px)")
  const frame = document.createElement("iframe")
  let listeners: { event: BoxEventName; fn: (value: never) => void }[] = []
  let shape: Extract<FromFrame, { type: "shape" }> | null = null
  /** What the frame is to hear once it listens. */
  let waiting: FromHost[] | null = []
  let wanted = false
  let focused: Element | null = null

  const query = new URLSearchParams({ site, origin: location.origin })
  for (const [name, value] of Object.entries({ group, lang, theme, full: small.matches && "1" }))
    if (value) query.set(name, value)
  frame.title = "Chat"
  frame.src = `${origin}/box/frame?${query}`

  const tell = (what: FromHost): void => {
    if (waiting) waiting.push(what)
    // By itself, too: what cannot cross (a function in it) is an error of the page's.
    else queueMicrotask(() => frame.contentWindow?.postMessage(what, origin))
  }
  const tellHost = (): void =>
    tell({ type: "host", url: location.href, title: document.title, full: small.matches })

  /**
   * Room for the box, measured for the phone's keyboard too when it fills the screen. It hangs by its lower
   * corner from a fixed point, moved there by a transform: growing then is no layout shift of the page.
   */
  const lay = (): void => {
    const { open, side, theme } = shape ?? {}
    const full = open && small.matches
    const left =
      !full && (side === "left" || (side !== "right" && getComputedStyle(html).direction === "rtl"))
    const view = full ? window.visualViewport : null
    const width = full ? "100%" : open ? "min(26.5rem,100vw)" : `${shape?.width ?? 1}px`
    const height = view
      ? `${view.height}px`
      : full
        ? "100%"
        : open
          ? "min(45rem,100vh)"
          : `${shape?.height ?? 1}px`
    // The highest there is; and the scheme as in the frame: where they differ, browsers paint an opaque ground.
    frame.style.cssText =
      `all:initial;position:fixed;top:${view ? `${view.offsetTop + view.height}px` : "100%"};left:${left ? 0 : "100%"};transform:translate(${left ? 0 : "-100%"},-100%);width:${width};height:${height};border:0;z-index:2147483647;color-scheme:${theme || "light dark"};visibility:${shape ? "visible" : "hidden"};`.replaceAll(
        ";",
        "!important;",
      )
  }

  const hear = (said: FromFrame | null): void => {
    if (said?.type === "event") {
      for (const { event, fn } of listeners) if (event === said.name) fn(said.value as never)
      return
    }
    const late = waiting
    waiting = null
    tellHost()
    late?.map(tell)
    // Scripts of others in the frame (checks of accessibility, extensions) say things of their own.
    if (said?.type !== "shape") return
    const was = shape
    shape = said
    frame.title = said.title
    lay()
    if (wanted) {
      wanted = false
      tell({ type: "open" })
    }
    if (was?.open && !said.open && focused instanceof HTMLElement) {
      focused.focus()
      focused = null
    }
  }

  const api: Porchlight = {
    open: () => {
      focused = document.activeElement
      if (!shape) {
        wanted = true
        return
      }
      frame.focus()
      tell({ type: "open" })
    },
    close: () => {
      wanted = false
      tell({ type: "close" })
    },
    identify: (who, signature) => tell({ type: "identify", who, signature }),
    forget: () => tell({ type: "forget" }),
    on: (event, fn) => {
      listeners = [...listeners, { event, fn }]
      return () => api.off(event, fn)
    },
    off: (event, fn) => {
      listeners = listeners.filter((one) => one.event !== event || one.fn !== fn)
    },
    push: (...commands) => {
      // Each by itself: a wrong one is an error of the page's, and the box and the others go on.
      for (const [name, ...args] of commands)
        queueMicrotask(() => (api[name] as (...args: unknown[]) => unknown)(...args))
    },
  }
  window.porchlight = api
  if (Array.isArray(before)) api.push(...before)

  addEventListener("message", (event: MessageEvent<FromFrame | null>) => {
    if (event.source === frame.contentWindow && event.origin === origin) hear(event.data)
  })
  small.addEventListener("change", () => {
    lay()
    tellHost()
  })
  for (const change of ["resize", "scroll"]) window.visualViewport?.addEventListener(change, lay)

  /** After the page's own load, or 3 s when that drags on: the box never competes with the page. */
  const put = (): void => {
    if (frame.isConnected) return
    lay()
    // Beside the body: it outlives pages that swap their body, and a transform on it does not move the box.
    html.append(frame)
  }
  if (document.readyState === "complete") put()
  else {
    addEventListener("load", put)
    setTimeout(put, 3000)
  }
})()
