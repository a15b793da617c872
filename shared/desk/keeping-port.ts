import type { ConversationPageView, ConversationView, ToolbarState } from "../protocol/views.ts"
import type { Millis } from "../words/time.ts"
import { type Kept, keptConversation } from "./kept.ts"
import { type DeskPort, type ListName, Unreachable } from "./port.ts"

/** A port that keeps what it reads, and gives it back while the relay is not reached. */
export interface KeepingPort extends DeskPort {
  /** When the oldest of what is shown instead of the relay's answers was read; null while the relay answers. */
  keptFrom(): Millis | null
  /** The beginning of a list as it is shown: what has happened in it since it was read is in there. */
  keepList(list: ListName, page: Omit<ConversationPageView, "next">): void
  /** Nothing is kept from now on, and nothing is left. */
  forget(): Promise<void>
}

interface KeepingParts {
  kept: Kept
  now: () => Millis
  /** Something could not be kept (no room, private window): said where a developer looks, the desk goes on. */
  report: (error: unknown) => void
}

/** Whose what is kept is. */
const WHO = "who"
const TOOLBAR = "toolbar"

/** Conversations of a list that are kept. */
const LISTED = 50

export const keepingPort = (port: DeskPort, { kept, now, report }: KeepingParts): KeepingPort => {
  let over = false
  let from: Millis | null = null

  /** One thing after the other, so that what is read last is what is kept, and wiping comes after all of it. */
  let work: Promise<unknown> = Promise.resolve()
  const keep = (name: string, value: unknown): void => {
    work = work.then(() => (over ? undefined : kept.put(name, value, now()))).catch(report)
  }

  const keepWhose = ({ me }: ToolbarState): void => {
    work = work
      .then(async () => {
        const before = over ? null : await kept.get<string>(WHO)
        if (over || before?.value === me.id) return
        await kept.wipe()
        await kept.put(WHO, me.id, now())
      })
      .catch(report)
  }

  const recall = async <T>(name: string): Promise<{ value: T; at: Millis } | null> => {
    try {
      return await kept.get<T>(name)
    } catch (error) {
      report(error)
      return null
    }
  }

  /** The relay's answer; without one, what was kept of the last. */
  const either = async <T>(name: string, read: () => Promise<T>, keepIt: (value: T) => void): Promise<T> => {
    try {
      const value = await read()
      from = null
      keepIt(value)
      return value
    } catch (error) {
      const last = error instanceof Unreachable && !over ? await recall<T>(name) : null
      if (last === null) throw error
      from = Math.min(from ?? last.at, last.at)
      return last.value
    }
  }

  return {
    ...port,
    toolbar: async (signal) => {
      const asked = now()
      const { toolbar, at } = await either(
        TOOLBAR,
        async () => ({ toolbar: await port.toolbar(signal), at: asked }),
        (read) => {
          keepWhose(read.toolbar)
          keep(TOOLBAR, read)
        },
      )
      // Countdowns are of the relay's time: it has gone on since.
      return { ...toolbar, now: toolbar.now + asked - at }
    },
    conversations: (list, after, signal) =>
      after === undefined
        ? either<ConversationPageView>(
            `list.${list}`,
            () => port.conversations(list, after, signal),
            (page) => keep(`list.${list}`, page),
          )
        : port.conversations(list, after, signal),
    conversation: (id, signal) =>
      either<ConversationView>(
        keptConversation(id),
        () => port.conversation(id, signal),
        (view) => keep(keptConversation(id), view),
      ),
    live: (listener) =>
      port.live((news) => {
        if (news.type === "toolbar") {
          keepWhose(news.toolbar)
          keep(TOOLBAR, { toolbar: news.toolbar, at: now() })
        }
        if (news.type === "connection" && news.connection.state === "connected") from = null
        listener(news)
      }),
    keptFrom: () => from,
    keepList: (list, { conversations, counts }) => {
      if (from !== null) return
      keep(`list.${list}`, { conversations: conversations.slice(0, LISTED), counts, next: null })
    },
    forget: () => {
      over = true
      const wiped = work.then(() => kept.wipe())
      work = wiped.catch(report)
      return work.then(() => undefined)
    },
  }
}
