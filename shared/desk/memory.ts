import { type AgentId, type ConversationId, isId } from "../words/ids.ts"
import type { Millis } from "../words/time.ts"
import { type PendingAnswer, revive } from "./pending.ts"

/** What the desk keeps on this machine: `localStorage`, or anything like it. */
export type DeskStorage = Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">

/**
 * Drafts and unsent answers of one agent, one entry each (`porchlight.desk.1.<agent>.draft.<conversation>`,
 * `….answer.<key>`), so that two open desks do not overwrite each other. The number is the format's version.
 */
export interface Memory {
  recall(now: Millis): { drafts: Record<ConversationId, string>; pending: PendingAnswer[] }
  keepDraft(id: ConversationId, text: string): void
  keepAnswer(answer: PendingAnswer): void
  dropAnswer(key: string): void
  /** Leaves nothing of this agent behind: for signing out. */
  forget(): void
}

const VERSION = 1

export const memoryOf = (storage: DeskStorage, agentId: AgentId): Memory => {
  const prefix = `porchlight.desk.${VERSION}.${agentId}.`
  const draftKey = (id: ConversationId): string => `${prefix}draft.${id}`
  const answerKey = (key: string): string => `${prefix}answer.${key}`

  const entries = (): [string, string][] => {
    const found: [string, string][] = []
    for (let at = 0; at < storage.length; at++) {
      const key = storage.key(at)
      const value = key?.startsWith(prefix) ? storage.getItem(key) : null
      if (key && value !== null) found.push([key.slice(prefix.length), value])
    }
    return found
  }

  return {
    recall: (now) => {
      const drafts: Record<ConversationId, string> = {}
      const pending: PendingAnswer[] = []
      for (const [key, value] of entries()) {
        const [kind, name = ""] = key.split(".")
        if (kind === "draft" && isId("conversation", name)) drafts[name] = value
        if (kind === "answer") pending.push(revive(JSON.parse(value) as PendingAnswer, now))
      }
      return { drafts, pending: pending.sort((a, b) => a.at - b.at) }
    },
    keepDraft: (id, text) =>
      text === "" ? storage.removeItem(draftKey(id)) : storage.setItem(draftKey(id), text),
    keepAnswer: (answer) => storage.setItem(answerKey(answer.key), JSON.stringify(answer)),
    dropAnswer: (key) => storage.removeItem(answerKey(key)),
    forget: () => {
      for (const [key] of entries()) storage.removeItem(prefix + key)
    },
  }
}
