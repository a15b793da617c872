import { inkOn } from "../design/contrast.ts"
import type { BoxLook, Look, OwnTexts, SiteBox } from "./look.ts"

/** What the box is told of its look: only what is not as usual. */
export const boxLook = ({ look, rates, transcripts }: SiteBox): BoxLook => ({
  ...(look.color !== null && { color: look.color, ink: inkOn(look.color) }),
  ...(look.side !== "auto" && { side: look.side }),
  ...(look.language !== null && { language: look.language }),
  ...inOne("launcher", look),
  ...inOne("greeting", look),
  ...(rates && { rates }),
  ...(transcripts && { transcripts }),
})

/** Texts of a box that speaks one language whatever the browser says are those of that language. */
const inOne = (name: "launcher" | "greeting", look: Look): Partial<Record<typeof name, OwnTexts>> => {
  const said = Object.entries(look[name]).filter(
    ([language, text]) => text !== "" && (look.language === null || language === look.language),
  )
  return said.length > 0 ? { [name]: Object.fromEntries(said) } : {}
}
