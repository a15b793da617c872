import type { RefObject } from "preact"
import { Lantern } from "./lantern.tsx"
import type { Words } from "./words.ts"

/** The closed box: the lamp with what it means, and how many answers wait. `compact`: the lamp alone. */
export const Launcher = (props: {
  button: RefObject<HTMLButtonElement | null>
  light: boolean
  /** What the light means, in words. */
  meaning: string
  unread: number
  compact: boolean
  /** The site's own words, where it has any for this. */
  invitation?: string | false | null
  say: Words["say"]
  onOpen: () => void
}) => {
  const { light, unread, say } = props
  const invitation = props.invitation || say(light ? "launcher.on" : "launcher.off")
  const waiting = unread > 0 ? say("launcher.unread", { count: unread }) : ""
  return (
    <>
      <button
        ref={props.button}
        type="button"
        class="launcher"
        data-on={light}
        data-compact={props.compact}
        aria-haspopup="dialog"
        aria-label={[invitation, props.meaning, waiting].filter(Boolean).join(". ")}
        onClick={props.onOpen}
      >
        <Lantern on={light} />
        <span class="invitation">{invitation}</span>
        {unread > 0 && <span class="count">{unread}</span>}
      </button>
      <span class="hidden" role="status">
        {waiting}
      </span>
    </>
  )
}
