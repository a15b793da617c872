import type { HandOverView } from "../../protocol/views.ts"
import { useDesk } from "./context.ts"
import { When } from "./when.tsx"

/** A line that says who gave the conversation to whom. */
export const HandOver = ({ handOver: { why, by, to, at } }: { handOver: HandOverView }) => {
  const { say } = useDesk()
  const names = { by: by ?? say("author.agent"), to: to ?? "" }
  const words =
    why === "handed-back"
      ? say("hand-over.back", names)
      : why === "assigned"
        ? say("hand-over.to", names)
        : to === null
          ? say("hand-over.all", names)
          : say("hand-over.group", names)
  return (
    <p class="desk-hand-over small soft">
      <bdi>{words}</bdi> <When at={at} />
    </p>
  )
}
