import { useLayoutEffect, useRef } from "preact/hooks"
import type { BoxLook } from "../../shared/words/look.ts"
import type { BoxFiles } from "./attach.ts"
import { lightInWords } from "./back.ts"
import { Launcher } from "./launcher.tsx"
import { Panel } from "./panel.tsx"
import { unread } from "./shown.ts"
import type { Box } from "./state.ts"
import type { Words } from "./words.ts"

/** What a visitor can do in the box. */
export interface BoxActs {
  open: () => void
  close: () => void
  write: (text: string) => void
  retry: (key: string) => void
  /** Shows whom one can write to; and writes to this group from now on. */
  change: () => void
  choose: (group: string) => void
  discard: (key: string) => void
  /** Leaves an address for answers; null takes it back. */
  leave: (address: string | null) => void
  draft: (text: string) => void
  /** How the closed conversation was. */
  rate: (good: boolean, words: string | null) => void
  /** A copy of the conversation by mail. */
  copy: () => void
}

export interface BoxProps {
  box: Box
  words: Words
  look: BoxLook
  /** The panel fills the screen (phones). */
  full: boolean
  draft: string
  files: BoxFiles
  acts: BoxActs
}

/** Room around the launcher, for its shadow and glow, px. */
const MARGIN = 16

/** Launcher or panel. `onRoom` hears after every painting how much room the launcher takes. */
export const BoxView = (
  props: BoxProps & { onRoom: (room: { width: number; height: number; title: string }) => void },
) => {
  const { box, words, look, full, acts, onRoom } = props
  const launcher = useRef<HTMLButtonElement>(null)
  const wasOpen = useRef(box.open)
  const room = useRef({ width: 1, height: 1 })

  // Before the page hears that the box closed: it may want the focus for the button that opened it.
  useLayoutEffect(() => {
    if (wasOpen.current && !box.open) launcher.current?.focus()
    wasOpen.current = box.open
  }, [box.open])

  useLayoutEffect(() => {
    const button = launcher.current
    if (button) {
      room.current = { width: button.offsetWidth + 2 * MARGIN, height: button.offsetHeight + 2 * MARGIN }
    }
    onRoom({ ...room.current, title: words.say("title", { site: box.siteName }) })
  })

  if (!box.open) {
    return (
      <Launcher
        button={launcher}
        light={box.light === true}
        meaning={lightInWords({ ...box, light: box.light === true }, Date.now(), words)}
        unread={unread(box)}
        compact={full}
        invitation={box.light && look.launcher?.[words.language]}
        say={words.say}
        onOpen={acts.open}
      />
    )
  }
  return <Panel {...props} focus={!wasOpen.current} />
}
