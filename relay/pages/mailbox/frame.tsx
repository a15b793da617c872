import { useEffect, useRef } from "preact/hooks"

/**
 * The HTML of a mail in a frame of its own: sandboxed without scripts, forms or navigation, and under the
 * page's policy, which lets nothing be loaded from elsewhere. That policy also forbids inline styles, which
 * mails are made of; so the frame is filled without them, and they are set one by one from outside.
 */
export const MailFrame = ({ html, title }: { html: string; title: string }) => {
  const frame = useRef<HTMLIFrameElement>(null)

  useEffect(() => {
    const page = frame.current?.contentDocument
    const view = frame.current?.contentWindow as (Window & typeof globalThis) | null | undefined
    if (!page || !view) return
    const mail = new DOMParser().parseFromString(html, "text/html")
    const sheets = [...mail.querySelectorAll("style")].map((style) => {
      const sheet = new view.CSSStyleSheet()
      sheet.replaceSync(style.textContent ?? "")
      return sheet
    })
    for (const element of mail.querySelectorAll("style, script, meta, link, base")) element.remove()
    const styles = [...mail.querySelectorAll("[style]")].map((element) => {
      const style = element.getAttribute("style") ?? ""
      element.removeAttribute("style")
      return { element, style }
    })
    const body = page.importNode(mail.body, false)
    const styleOf = new Map(styles.map(({ element, style }) => [element, style]))
    body.append(...[...mail.body.childNodes].map((node) => page.adoptNode(node)))
    page.body.replaceWith(body)
    page.adoptedStyleSheets = sheets
    for (const [element, style] of styleOf)
      (element === mail.body ? body : (element as HTMLElement)).style.cssText = style
    for (const link of body.querySelectorAll("a")) {
      if (!/^(https?|mailto):$/.test(link.protocol)) link.removeAttribute("href")
      link.target = "_blank"
      link.rel = "noopener noreferrer"
    }
    const grow = (): void => {
      if (frame.current) frame.current.style.blockSize = `${page.documentElement.scrollHeight + 2}px`
    }
    grow()
    const resized = new view.ResizeObserver(grow)
    resized.observe(body)
    return () => resized.disconnect()
  }, [html])

  return (
    <iframe
      ref={frame}
      class="mailbox-frame"
      title={title}
      sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
      referrerpolicy="no-referrer"
    />
  )
}
