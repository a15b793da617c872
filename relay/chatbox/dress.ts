import type { BoxLook } from "../../shared/words/look.ts"

/** Puts a site's colour in the place of the product's own: launcher, header, what the visitor says and presses. */
export const dress = (root: HTMLElement, { color, ink }: BoxLook): void => {
  if (!color || !ink) return
  root.dataset.ink = ink
  for (const [name, value] of Object.entries({
    dusk: color,
    "dusk-ink": ink,
    "dusk-soft": ink,
    "dusk-line": `${ink}4d`,
    action: color,
    "action-ink": ink,
    "action-hover": color,
  }))
    root.style.setProperty(`--${name}`, value)
}
