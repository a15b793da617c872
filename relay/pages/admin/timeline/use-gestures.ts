import type { RefObject } from "preact"
import { useEffect, useRef } from "preact/hooks"
import type { Millis } from "../../../../shared/words/time.ts"
import { momentAt, moved, type Window, zoomed } from "./geometry.ts"

/** A pointer that moved less than this was pressed, not drawn along. */
const SLIP = 4

interface Hand {
  window: Window
  onWindow: (window: Window) => void
  /** The moment pointed at. */
  onPoint: (at: Millis) => void
}

/**
 * Wheel with Ctrl and two fingers zoom, one finger or a pressed pointer draws the picture along, pointing tells
 * the moment. `track`: an element as wide as the time; `picture`: what listens.
 */
export const useGestures = (
  picture: RefObject<HTMLElement | null>,
  track: RefObject<HTMLElement | null>,
  hand: Hand,
): void => {
  const now = useRef(hand)
  now.current = hand
  useEffect(() => {
    const element = picture.current
    if (element === null) return
    const pointers = new Map<number, { x: number; y: number }>()
    let drawn = false

    const share = (x: number): number => {
      const box = track.current?.getBoundingClientRect()
      return box === undefined || box.width === 0 ? 0 : (x - box.left) / box.width
    }
    const pointed = (x: number): Millis => momentAt(share(x), now.current.window)
    const width = (): number => track.current?.getBoundingClientRect().width || 1

    const wheel = (event: WheelEvent): void => {
      const { window, onWindow } = now.current
      if (event.ctrlKey || event.metaKey) {
        event.preventDefault()
        onWindow(zoomed(window, Math.exp(Math.sign(event.deltaY) * 0.2), pointed(event.clientX)))
      } else if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
        event.preventDefault()
        onWindow(moved(window, (event.deltaX / width()) * (window.to - window.from), Date.now()))
      }
    }

    const down = (event: PointerEvent): void => {
      if (event.button !== 0 || share(event.clientX) < 0) return
      pointers.set(event.pointerId, { x: event.clientX, y: event.clientY })
      drawn = false
      now.current.onPoint(pointed(event.clientX))
    }
    const move = (event: PointerEvent): void => {
      const before = pointers.get(event.pointerId)
      if (before === undefined) {
        if (event.pointerType === "mouse" && share(event.clientX) >= 0)
          now.current.onPoint(pointed(event.clientX))
        return
      }
      const { window, onWindow } = now.current
      const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1]
      const here = { x: event.clientX, y: event.clientY }
      if (other !== undefined) {
        const [was, is] = [Math.abs(before.x - other.x), Math.abs(here.x - other.x)]
        if (was > SLIP && is > SLIP) onWindow(zoomed(window, was / is, pointed((here.x + other.x) / 2)))
      } else {
        if (!drawn && Math.abs(here.x - before.x) < SLIP) return
        if (!drawn) element.setPointerCapture(event.pointerId)
        drawn = true
        onWindow(moved(window, ((before.x - here.x) / width()) * (window.to - window.from), Date.now()))
      }
      pointers.set(event.pointerId, here)
    }
    const up = (event: PointerEvent): void => void pointers.delete(event.pointerId)
    /** What was drawn along was not pressed. */
    const click = (event: MouseEvent): void => {
      if (!drawn) return
      drawn = false
      event.stopPropagation()
      event.preventDefault()
    }

    element.addEventListener("wheel", wheel, { passive: false })
    element.addEventListener("pointerdown", down)
    element.addEventListener("pointermove", move)
    element.addEventListener("pointerup", up)
    element.addEventListener("pointercancel", up)
    element.addEventListener("click", click, { capture: true })
    return () => {
      element.removeEventListener("wheel", wheel)
      element.removeEventListener("pointerdown", down)
      element.removeEventListener("pointermove", move)
      element.removeEventListener("pointerup", up)
      element.removeEventListener("pointercancel", up)
      element.removeEventListener("click", click, { capture: true })
    }
  }, [picture, track])
}
