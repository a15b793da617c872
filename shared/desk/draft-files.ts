import type { AttachmentView } from "../protocol/views.ts"
import { MOST_BYTES, MOST_FILES } from "../words/files.ts"
import { type AgentId, type ConversationId, isId } from "../words/ids.ts"
import type { DeskStorage } from "./memory.ts"
import type { Problem } from "./problem.ts"

/**
 * A file of an answer that is being written. `sending` → `sent`: the relay has it, and it goes with the answer;
 * → `failed`: it can be tried again where it makes sense, or taken away.
 */
export interface DraftFile {
  /** Idempotency key: however often it is sent, it is there once. */
  key: string
  name: string
  /** Bytes. */
  size: number
  state: "sending" | "sent" | "failed"
  /** How much of it is on its way, 0 to 1. */
  share: number
  /** What the relay made of it, once it has it. */
  file: AttachmentView | null
  problem: FileProblem | null
}

/** What is known without asking the relay, or what went wrong there. */
export type FileProblem = Problem | { kind: "file"; why: "too-large" | "empty" | "too-many" }

export type DraftFiles = Record<ConversationId, DraftFile[]>

/** What is wrong with a file before it is sent; `before`: how many the answer has already. */
export const wrongWith = (size: number, before: number): FileProblem | null => {
  if (before >= MOST_FILES) return { kind: "file", why: "too-many" }
  if (size === 0) return { kind: "file", why: "empty" }
  return size > MOST_BYTES ? { kind: "file", why: "too-large" } : null
}

/** Whether trying it again may help: what is wrong with the file itself stays wrong. */
export const mayRetry = ({ problem }: DraftFile): boolean =>
  problem !== null &&
  problem.kind !== "file" &&
  !(problem.kind === "refused" && ["wrong-kind", "too-large"].includes(problem.code))

/** The files of a conversation, changed; one without any has no entry. */
export const withFiles = (all: DraftFiles, id: ConversationId, files: DraftFile[]): DraftFiles => {
  if (files.length > 0) return { ...all, [id]: files }
  const { [id]: _, ...others } = all
  return others
}

/** A file as it stands once the relay has it. */
export const sentFile = (key: string, file: AttachmentView): DraftFile => ({
  key,
  name: file.name,
  size: file.size,
  state: "sent",
  share: 1,
  file,
  problem: null,
})

/**
 * Files that the relay has and that are not part of an answer yet, on this machine, beside the drafts of memory.ts
 * (`porchlight.desk.1.<agent>.files.<conversation>`); signing out forgets them with those.
 */
export const draftFilesMemory = (storage: DeskStorage, agentId: AgentId) => {
  const prefix = `porchlight.desk.1.${agentId}.files.`
  return {
    recall: (): DraftFiles => {
      const all: DraftFiles = {}
      for (let at = 0; at < storage.length; at++) {
        const key = storage.key(at)
        const id = key?.startsWith(prefix) ? key.slice(prefix.length) : ""
        const kept = key && isId("conversation", id) ? storage.getItem(key) : null
        if (kept !== null && isId("conversation", id))
          all[id] = (JSON.parse(kept) as { key: string; file: AttachmentView }[]).map((one) =>
            sentFile(one.key, one.file),
          )
      }
      return all
    },
    keep: (id: ConversationId, files: readonly DraftFile[]): void => {
      const sent = files.flatMap(({ key, file }) => (file === null ? [] : [{ key, file }]))
      if (sent.length === 0) storage.removeItem(prefix + id)
      else storage.setItem(prefix + id, JSON.stringify(sent))
    },
  }
}
