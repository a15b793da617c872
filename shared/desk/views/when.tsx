import { dateIn, momentIn, timeIn } from "../../i18n/formatter.ts"
import type { Millis } from "../../words/time.ts"
import { useDesk } from "./context.ts"

/** A moment, short: the time today, else the day; in full on pointing at it. */
export const When = ({ at }: { at: Millis }) => {
  const { language } = useDesk()
  const today = new Date(at).toDateString() === new Date().toDateString()
  return (
    <time class="desk-when" dateTime={new Date(at).toISOString()} title={momentIn(at, language)}>
      {today ? timeIn(at, language) : dateIn(at, language)}
    </time>
  )
}
