import type { BoxEventName, FromFrame, FromHost } from "./between.ts"

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
 * script-src and frame-src with the relay's origin.
 *
 *   window.porchlight.open()            opens the panel; the focus comes back to where it was
 *   window.porchlight.close()
 *   window.porchlight.on(event, fn)     "open", "close", "light" (fn gets true or false), "unread" (a number);
 *                                       returns a function that ends it
 */
interface Porchlight {
  open: () => void
  close: () => void
  on: (event: BoxEventName, fn: (value: boolean | number | null) => void) => () => void
}

declare global {
  interface Window {
    porchlight?: Porchlight
  }
}

;(() => {
  const script = (document.currentScript ??
    document.querySelector("script[data-site][src*='/box.js']")) as HTMLScriptElement | null
  const site = script?.dataset.site
  if (!script || !site || window.porchlight) return

  const { origin } = new URL(script.src)
  const { group, lang, theme } = script.dataset
  const html = document.documentElement
  const small = matchMedia("(max-width: 520px), (max-height: 460px)")
  const frame = document.createElement("iframe")
  const listeners: { event: BoxEventName; fn: (value: boolean | number | null) => void }[] = []
  let shape: Extract<FromFrame, { type: "shape" }> | null = null
  let wanted = false
  let focused: Element | null = null

  const query = new URLSearchParams({ site, origin: location.origin })
  for (const [name, value] of Object.entries({ group, lang, theme, full: small.matches && "1" }))
    if (value) query.set(name, value)
  frame.title = "Chat"
  frame.src = `${origin}/box/frame?${query}`

  const tell = (what: FromHost): void => frame.contentWindow?.postMessage(what, origin)
  const tellHost = (): void =>
    tell({ type: "host", url: location.href, title: document.title, full: small.matches })

  /**
   * Room for the box, measured for the phone's keyboard too when it fills the screen. It hangs by its lower
   * corner from a fixed point, moved there by a transform: growing then is no layout shift of the page.
   */
  const lay = (): void => {
    const open = shape?.open
    const full = open && small.matches
    const left = getComputedStyle(html).direction === "rtl" && !full
    const view = full ? window.visualViewport : null
    const styles: Record<string, string> = {
      all: "initial",
      position: "fixed",
      top: view ? `${view.offsetTop + view.height}px` : "100%",
      left: left ? "0" : "100%",
      transform: `translate(${left ? "0" : "-100%"},-100%)`,
      width: full ? "100%" : open ? "min(26.5rem,100vw)" : `${shape?.width ?? 1}px`,
      height: full
        ? view
          ? `${view.height}px`
          : "100%"
        : open
          ? "min(45rem,100vh)"
          : `${shape?.height ?? 1}px`,
      border: "0",
      "z-index": "2147483000",
      // As in the frame: where they differ, browsers paint an opaque ground behind it.
      "color-scheme": theme === "light" || theme === "dark" ? theme : "light dark",
      visibility: shape ? "visible" : "hidden",
    }
    frame.style.cssText = Object.entries(styles)
      .map(([name, value]) => `${name}:${value}!important`)
      .join(";")
  }

  const emit = (event: BoxEventName, value: boolean | number | null): void => {
    for (const listener of [...listeners]) if (listener.event === event) listener.fn(value)
  }

  const hear = (said: FromFrame): void => {
    if (said.type === "event") {
      emit(said.name, said.value)
      return
    }
    tellHost()
    if (said.type === "where") return
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

  window.porchlight = {
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
    on: (event, fn) => {
      const listener = { event, fn }
      listeners.push(listener)
      return () => void listeners.splice(listeners.indexOf(listener), 1)
    },
  }

  addEventListener("message", (event: MessageEvent<FromFrame>) => {
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
