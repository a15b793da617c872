/** Keys of the desk. None of them acts while somebody writes. */

/** Whether a key goes into a field, or belongs to the browser. */
export const isTyping = (event: KeyboardEvent): boolean => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return true
  const target = event.target
  return (
    target instanceof HTMLElement && target.matches("input:not([type=radio]), textarea, select, dialog *")
  )
}

const STEPS: Record<string, number> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }

/** Moves the focus among the links of a list: j and k, arrows, Home and End. */
export const moveIn = (list: HTMLElement | null, event: KeyboardEvent): void => {
  const links = [...(list?.querySelectorAll<HTMLElement>("a") ?? [])]
  if (links.length === 0 || isTyping(event)) return
  const at = links.indexOf(document.activeElement as HTMLElement)
  const step = STEPS[event.key]
  const target =
    event.key === "Home"
      ? links[0]
      : event.key === "End"
        ? links.at(-1)
        : step === undefined
          ? undefined
          : at < 0
            ? (links.find((link) => link.getAttribute("aria-current") === "true") ?? links[0])
            : links[Math.min(links.length - 1, Math.max(0, at + step))]
  if (target === undefined) return
  target.focus()
  event.preventDefault()
  event.stopPropagation()
}
