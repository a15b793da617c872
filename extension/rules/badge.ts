import type { ToolbarState } from "../../shared/protocol/views.ts"
import type { Intent } from "../../shared/words/nouns.ts"
import type { Connection } from "./connection.ts"

/** Lamp, slate and grey of shared/design/tokens.css (a badge cannot read CSS). */
export const LAMP = { colour: "#ffb02e", ink: "#33210a" }
export const SLATE = { colour: "#5d677a", ink: "#ffffff" }
export const GREY = { colour: "#9a9a9a", ink: "#000000" }

export interface BadgeFacts {
  signedIn: boolean
  connection: Connection
  toolbar: (Pick<ToolbarState, "online" | "light" | "waitingCount"> & { me: { intent: Intent } }) | null
}

export interface BadgeLook {
  text: string
  colour: string
  ink: string
  /** The lamp: lit, lit with a sign that its person is busy, or dark. */
  icon: "on" | "busy" | "off"
  /** What the tooltip says. */
  title:
    | { code: "signed-out" }
    | { code: "lost" }
    | { code: "connecting" }
    | { code: "shown"; online: boolean; intent: Intent; waiting: number }
}

/**
 * Colour is what sites show for you (amber on, slate off), the number is conversations waiting; the lamp
 * behind it says the status too, for whoever switched it by a key. Grey with "!" when nobody is signed in or the relay does not answer: then what sites show is not known here.
 */
export const badgeOf = ({ signedIn, connection, toolbar }: BadgeFacts): BadgeLook => {
  const unknown = { text: "!", colour: GREY.colour, ink: GREY.ink, icon: "off" as const }
  if (!signedIn) return { ...unknown, title: { code: "signed-out" } }
  if (connection.state === "lost") return { ...unknown, title: { code: "lost" } }
  if (toolbar === null) return { ...unknown, text: "", title: { code: "connecting" } }
  const { colour, ink } = toolbar.online ? LAMP : SLATE
  return {
    // A badge without text is not drawn at all, and its colour with it.
    text: toolbar.waitingCount === 0 ? " " : toolbar.waitingCount > 99 ? "99+" : String(toolbar.waitingCount),
    colour,
    ink,
    icon: toolbar.online ? (toolbar.me.intent === "busy" ? "busy" : "on") : "off",
    title: {
      code: "shown",
      online: toolbar.online,
      intent: toolbar.me.intent,
      waiting: toolbar.waitingCount,
    },
  }
}
