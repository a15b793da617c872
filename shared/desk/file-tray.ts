import type { AttachmentView } from "../protocol/views.ts"
import { type AgentId, type ConversationId, randomBase32 } from "../words/ids.ts"
import { type DraftFile, draftFilesMemory, type FileProblem, sentFile, wrongWith } from "./draft-files.ts"
import type { DeskStorage } from "./memory.ts"
import type { DeskPort } from "./port.ts"
import type { Problem } from "./problem.ts"
import type { DeskAction } from "./reduce.ts"
import type { DeskState } from "./state.ts"

/** Files on their way at a time; the relay takes no more of one sender. */
const AT_ONCE = 3

/** What a person can do with the files of an answer. */
export interface FileTray {
  add(id: ConversationId, files: readonly File[]): void
  retry(id: ConversationId, key: string): void
  /** Takes one away; one that is on its way is given up. */
  remove(id: ConversationId, key: string): void
}

interface TrayParts {
  port: DeskPort
  storage: DeskStorage
  state: () => DeskState
  act: (action: DeskAction) => void
  attempt: (call: () => Promise<void>, failed: (problem: Problem) => void) => Promise<void>
}

/** Sends files as soon as they are added, a few at a time, and keeps what the relay has with the draft. */
export const fileTray = (parts: TrayParts) => {
  const { port, state, act } = parts
  /** The bytes of what is not sent yet, and how to give it up. */
  const bytes = new Map<string, Blob>()
  const under = new Map<string, AbortController>()
  const waiting: { id: ConversationId; key: string }[] = []
  let memory: ReturnType<typeof draftFilesMemory> | null = null

  const filesOf = (id: ConversationId): DraftFile[] => state().files[id] ?? []

  const set = (id: ConversationId, files: DraftFile[]): void => {
    act({ type: "files", id, files })
    memory?.keep(id, files)
  }

  const change = (id: ConversationId, key: string, to: Partial<DraftFile>): void => {
    const files = filesOf(id)
    if (files.some((file) => file.key === key))
      set(
        id,
        files.map((file) => (file.key === key ? { ...file, ...to } : file)),
      )
  }

  const send = async (id: ConversationId, key: string): Promise<void> => {
    const file = filesOf(id).find((one) => one.key === key)
    const blob = bytes.get(key)
    if (!file || !blob) return
    const abort = new AbortController()
    under.set(key, abort)
    let shown = 0
    const onShare = (share: number): void => {
      // Each is a drawing: a hundredth is what can be seen.
      if (share - shown < 0.01) return
      shown = share
      change(id, key, { share })
    }
    const failed = (problem: FileProblem): void => change(id, key, { state: "failed", problem })
    await parts.attempt(async () => {
      const sent = await port.upload(id, { key, name: file.name, bytes: blob }, onShare, abort.signal)
      bytes.delete(key)
      change(id, key, sentFile(key, sent))
    }, failed)
    under.delete(key)
    next()
  }

  const next = (): void => {
    while (under.size < AT_ONCE) {
      const one = waiting.shift()
      if (!one) return
      void send(one.id, one.key)
    }
  }

  return {
    add: (id: ConversationId, files: readonly File[]): void => {
      const added = files.map((file, n): DraftFile => {
        const key = randomBase32(20)
        const problem = wrongWith(file.size, filesOf(id).length + n)
        if (problem === null) {
          bytes.set(key, file)
          waiting.push({ id, key })
        }
        const { name, size } = file
        return { key, name, size, state: problem ? "failed" : "sending", share: 0, file: null, problem }
      })
      set(id, [...filesOf(id), ...added])
      next()
    },
    retry: (id: ConversationId, key: string): void => {
      change(id, key, { state: "sending", share: 0, problem: null })
      waiting.push({ id, key })
      next()
    },
    remove: (id: ConversationId, key: string): void => {
      const sent = filesOf(id).find((one) => one.key === key)?.file
      under.get(key)?.abort()
      bytes.delete(key)
      set(
        id,
        filesOf(id).filter((one) => one.key !== key),
      )
      // One that the relay does not forget now it forgets by itself.
      if (sent)
        void parts.attempt(
          () => port.removeUpload(sent.id),
          () => undefined,
        )
    },
    /** The files that go with an answer written now; they leave the tray. */
    take: (id: ConversationId): AttachmentView[] => {
      const files = filesOf(id)
      if (files.length > 0) set(id, [])
      return files.flatMap(({ file }) => file ?? [])
    },
    /** Puts files back that were to go with an answer. */
    putBack: (id: ConversationId, files: readonly AttachmentView[]): void => {
      if (files.length > 0) set(id, [...files.map((file) => sentFile(file.id, file)), ...filesOf(id)])
    },
    recall: (agentId: AgentId): void => {
      memory = draftFilesMemory(parts.storage, agentId)
      for (const [id, files] of Object.entries(memory.recall()))
        act({ type: "files", id: id as ConversationId, files })
    },
    stop: (): void => {
      waiting.length = 0
      for (const abort of under.values()) abort.abort()
    },
  }
}
