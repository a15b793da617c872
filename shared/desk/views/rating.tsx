import { momentIn, timeIn } from "../../i18n/formatter.ts"
import type { RatingView } from "../../protocol/views.ts"
import { useDesk } from "./context.ts"
import { Text } from "./text.tsx"

/** How the visitor found the conversation, where they said so. */
export const Rating = ({ rating }: { rating: RatingView }) => {
  const { say, language } = useDesk()
  const { good, words, at } = rating
  return (
    <div class="desk-mail">
      <div>
        <p class="small">
          <span class="pill" data-kind={good ? "good" : "warn"}>
            {say(good ? "rating.good" : "rating.bad")}
          </span>{" "}
          <time dateTime={new Date(at).toISOString()} title={momentIn(at, language)} class="soft">
            {timeIn(at, language)}
          </time>
        </p>
        {words === null ? null : <Text text={words} />}
      </div>
    </div>
  )
}
