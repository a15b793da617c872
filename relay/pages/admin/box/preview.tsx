import { useEffect, useRef, useState } from "preact/hooks"
import type { SiteSettingsView } from "../../../../shared/protocol/views.ts"
import type { SiteBox } from "../../../../shared/words/look.ts"
import type { Previewed } from "../../box-preview/previewed.ts"
import { useAdmin } from "../context.ts"
import { Check } from "../kit/field.tsx"
import type { SayLook } from "./words.ts"

/** The box as it would look: the same parts that visitors get, in a frame of our own, connected to nothing. */
export const Preview = ({ words, site, box }: { words: SayLook; site: SiteSettingsView; box: SiteBox }) => {
  const { language } = useAdmin()
  const frame = useRef<HTMLIFrameElement>(null)
  const [off, setOff] = useState(false)
  const [dark, setDark] = useState(matchMedia("(prefers-color-scheme: dark)").matches)
  const [ready, setReady] = useState(false)
  const { theme } = box.look
  const shown: Previewed = {
    ...box,
    site: site.name,
    language: box.look.language ?? language,
    light: !off,
    question: words("preview.question"),
    answer: words("preview.answer"),
    theme: theme === "auto" ? (dark ? "dark" : "light") : theme,
  }

  useEffect(() => {
    const hear = (event: MessageEvent): void => {
      if (event.source === frame.current?.contentWindow && event.origin === location.origin) setReady(true)
    }
    addEventListener("message", hear)
    return () => removeEventListener("message", hear)
  }, [])

  useEffect(() => {
    if (ready) frame.current?.contentWindow?.postMessage(shown, location.origin)
  })

  return (
    <div class="admin-preview">
      <h3>{words("preview")}</h3>
      <iframe
        ref={frame}
        src="/box/preview"
        title={words("preview")}
        data-theme={shown.theme}
        tabIndex={-1}
      />
      <div class="admin-preview-of">
        <Check label={words("preview.off")} checked={off} onCheck={setOff} />
        {theme === "auto" ? <Check label={words("preview.dark")} checked={dark} onCheck={setDark} /> : null}
      </div>
      <p class="small soft">{words("preview.hint")}</p>
    </div>
  )
}
