import type { BoxMessage } from "../../shared/protocol/views.ts"
import { MINUTE, type Millis } from "../../shared/words/time.ts"

/** Messages as they are laid out: days, and runs of one author that share a name and a time. */

/** Messages of one author within this time read as one run. */
const RUN = 5 * MINUTE

export interface Row {
  message: BoxMessage
  /** A day begins here. */
  day: boolean
  /** First and last of a run: the first shows the name, the last the time. */
  first: boolean
  last: boolean
}

const sameDay = (a: Millis, b: Millis): boolean => new Date(a).toDateString() === new Date(b).toDateString()

const sameRun = (a: BoxMessage | undefined, b: BoxMessage | undefined): boolean =>
  a !== undefined &&
  b !== undefined &&
  a.author === b.author &&
  a.name === b.name &&
  b.at - a.at < RUN &&
  sameDay(a.at, b.at)

/** Rows of messages in order of their numbers; days are those of the browser's own zone. */
export const rowsOf = (messages: BoxMessage[]): Row[] =>
  messages.map((message, at) => {
    const before = messages[at - 1]
    return {
      message,
      day: !before || !sameDay(before.at, message.at),
      first: !sameRun(before, message),
      last: !sameRun(message, messages[at + 1]),
    }
  })
