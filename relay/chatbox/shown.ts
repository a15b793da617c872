import type { Box, Outgoing } from "./state.ts"

/** What the box's state means for what is shown. */

/** Messages of the other side that the visitor has not seen. */
export const unread = (box: Box): number =>
  box.messages.filter((message) => message.author !== "visitor" && message.seq > box.seenSeq).length

/** Whether the visitor is to say first whom they write to. */
export const mustChoose = (box: Box): boolean =>
  box.groups.length > 0 &&
  !box.groups.some(({ id }) => id === box.group) &&
  box.messages.length === 0 &&
  box.outbox.length === 0

/** Whether an answer may have to find the visitor elsewhere: nobody is here, or only the bot has answered. */
export const asksForAddress = (box: Box): boolean =>
  box.light === false || box.messages.findLast(({ author }) => author !== "visitor")?.author === "bot"

/**
 * The outbox as shown: a message that is on its way and already came back among the others (its
 * acknowledgement still under way, or sent by another tab) is not shown twice.
 */
export const shownOutbox = (box: Box): Outgoing[] =>
  box.outbox.filter(
    (out) =>
      out.state === "failed" ||
      !box.messages.some(
        ({ seq, author, text }) => author === "visitor" && seq > out.afterSeq && text === out.text,
      ),
  )
