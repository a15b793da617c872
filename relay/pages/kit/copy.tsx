import { useEffect, useState } from "preact/hooks"
import { SECOND } from "../../../shared/words/time.ts"
import { useWords } from "./words.ts"

/** Copies a text; says so for a moment. Where the browser forbids it, the text is selected instead. */
export const Copy = ({ text, from }: { text: string; from?: string }) => {
  const { say } = useWords()
  const [done, setDone] = useState(false)
  useEffect(() => {
    if (!done) return
    const timer = setTimeout(() => setDone(false), 2 * SECOND)
    return () => clearTimeout(timer)
  }, [done])

  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text)
      setDone(true)
    } catch {
      // No clipboard without https or permission: marked, it is one key away.
      const element = from === undefined ? null : document.getElementById(from)
      if (element !== null) getSelection()?.selectAllChildren(element)
    }
  }

  return (
    <button type="button" class="button small" onClick={copy} aria-live="polite">
      {say(done ? "copied" : "copy")}
    </button>
  )
}

/** Something to copy, in its own line. */
export const CopyLine = ({ id, text }: { id: string; text: string }) => (
  <div class="copy-line">
    <code id={id}>{text}</code>
    <Copy text={text} from={id} />
  </div>
)
