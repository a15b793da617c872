import { useEffect, useState } from "preact/hooks"
import { SECOND } from "../../../shared/words/time.ts"

/** Copies a text and says so for a moment. Where the browser forbids it, the text is selected instead. */
export const CopyButton = ({
  text,
  from,
  what,
  words,
}: {
  text: string
  /** Id of the element that shows it; left out: nothing is selected. */
  from?: string
  /** What it is of, for those who do not see where the button stands. */
  what?: string
  words: { copy: string; copied: string }
}) => {
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

  const label = done ? words.copied : words.copy
  return (
    <button
      type="button"
      class="button small"
      onClick={() => void copy()}
      aria-live="polite"
      aria-label={what === undefined ? undefined : `${label}: ${what}`}
    >
      {label}
    </button>
  )
}
