import type { AttachmentView } from "../../shared/protocol/views.ts"
import { MOST_BYTES, MOST_FILES } from "../../shared/words/files.ts"

/** A file that the visitor adds to what they write: on its way, with the relay (`sent`), or not taken (`why`). */
export interface Held {
  key: string
  name: string
  /** How much of it is on its way, 0 to 1. */
  share?: number
  sent?: AttachmentView
  /** What is wrong with it, a refusal's code, or that the line broke. */
  why?: string | false
  /** Sends it once more; gives it up. */
  again?: () => void
  stop?: () => void
}

/** The files of what is being written, and those of messages. */
export interface BoxFiles {
  held: Held[]
  add: (files: Iterable<File>) => void
  remove: (key: string) => void
  /** Those that go with a message written now: they are held no longer. */
  take: () => AttachmentView[]
  /** The bytes of a file of a message. */
  load: (id: string) => Promise<Blob>
}

/**
 * Sends files as they are added, as the visitor that `who` names then. `kept`: those that the relay has, as `changed`
 * was given them in another life of this page; it hears whenever something else is to be shown.
 */
export const holdFiles = (
  site: string,
  who: () => string | null,
  kept: string,
  changed: (kept: string) => void,
): BoxFiles => {
  const to = (path: string): string => `/api/box/${path}site=${site}`
  const as = (): string => `Bearer ${who()}`
  const ask = (path: string, method?: string): Promise<Response> =>
    fetch(to(path), { method, headers: { Authorization: as() } })

  const set = (held: Held[]): void => {
    files.held = held
    const sent = held.filter((one) => one.sent)
    changed(sent[0] ? JSON.stringify(sent) : "")
  }

  const change = (key: string, news: Partial<Held>): void =>
    set(files.held.map((one) => (one.key === key ? { ...one, ...news } : one)))

  /** By XMLHttpRequest: fetch does not tell how far it is. */
  const send = (key: string, file: File): void => {
    const request = new XMLHttpRequest()
    change(key, { why: false, again: () => send(key, file), stop: () => request.abort() })
    const name = encodeURIComponent(file.name.slice(-200))
    request.open("POST", to(`uploads?key=${key}&name=${name}&`))
    request.setRequestHeader("Authorization", as())
    request.responseType = "json"
    request.upload.onprogress = ({ loaded, total }) => change(key, { share: loaded / total })
    request.onloadend = () => {
      const { status, response } = request
      change(key, status === 200 ? { sent: response } : { why: response?.error?.code ?? "lost" })
    }
    request.send(file)
  }

  const files: BoxFiles = {
    held: JSON.parse(kept || "[]"),
    add: (added) => {
      for (const file of added) {
        const { size } = file
        // One says so for all that are too many.
        if (files.held[MOST_FILES]) return
        const key = crypto.randomUUID()
        const why = files.held[MOST_FILES - 1]
          ? "message.too-many"
          : size
            ? size > MOST_BYTES && "too-large"
            : "empty"
        set([...files.held, { key, name: file.name, why }])
        if (!why) send(key, file)
      }
    },
    remove: (key) => {
      const gone = files.held.find((one) => one.key === key)
      set(files.held.filter((one) => one !== gone))
      gone?.stop?.()
      const id = gone?.sent?.id
      if (id) void ask(`uploads/${id}/remove?`, "POST")
    },
    take: () => {
      const sent = files.held.flatMap((one) => one.sent ?? [])
      set([])
      return sent
    },
    load: async (id) => (await ask(`attachments/${id}?`)).blob(),
  }
  return files
}
