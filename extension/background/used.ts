import { isTellDue } from "../rules/use.ts"
import { ask } from "./messages.ts"

/** Input that shows that somebody is there. */
const INPUTS = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"] as const

/** In a page of ours: tells the background that it is used. Where the browser cannot tell idle, only this can. */
export const tellUse = (): void => {
  let toldAt: number | null = null
  const used = (): void => {
    const now = Date.now()
    if (!isTellDue(toldAt, now)) return
    toldAt = now
    void ask({ type: "used" })
  }
  for (const input of INPUTS) document.addEventListener(input, used, { passive: true, capture: true })
}
