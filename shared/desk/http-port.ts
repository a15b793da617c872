import type {
  AgentView,
  AttachmentView,
  CannedAnswerView,
  ConversationPageView,
  ConversationView,
  HeirsView,
  ListedView,
  MessageView,
  ProfileView,
  SearchPageView,
  ToolbarState,
} from "../protocol/views.ts"
import { LONGEST_NAME } from "../words/files.ts"
import type { ConversationId } from "../words/ids.ts"
import { SECOND } from "../words/time.ts"
import { errorOf } from "./answered.ts"
import { type LiveSocket, openLive } from "./live-socket.ts"
import { base64Of } from "./pictures.ts"
import { type CodeSent, type DeskNews, type DeskPort, type IntentNow, Unreachable } from "./port.ts"
import { sendFile } from "./upload.ts"

/** Long enough for a slow line, short enough that a person does not wonder. */
const TIMEOUT = 15 * SECOND
/** A file of some megabytes on a slow line. */
const FILE_TIMEOUT = 120 * SECOND

/** Conversations of a page below the first: whoever scrolls on wants many. */
const FURTHER = 100

export interface HttpPortOptions {
  /** Origin of the relay, e.g. `https://chat.example.com`. */
  relay: string
  token: string
}

/**
 * A desk port over HTTP and one socket, which is shared by all listeners and open while there is one. It
 * only reads: beats of the device go over a socket of their own (openLive with the role `device`), as the
 * device may be there longer than the desk is open.
 */
export const httpPort = (options: HttpPortOptions): DeskPort => {
  const call = caller(options)
  const listeners = new Set<(news: DeskNews) => void>()
  let socket: LiveSocket | null = null
  let looked: ConversationId | null = null
  const tell = (news: DeskNews): void => {
    if (news.type === "connection" && news.connection.state === "connected" && looked !== null)
      socket?.say({ type: "look", conversation: looked })
    for (const listener of listeners) listener(news)
  }

  return {
    relay: options.relay,
    toolbar: (signal) => call.json<ToolbarState>("GET", "/api/toolbar", undefined, signal),
    conversations: (list, after, signal) =>
      call.json<ConversationPageView>(
        "GET",
        `/api/conversations?list=${list}${after === undefined ? "" : `&after=${after}&limit=${FURTHER}`}`,
        undefined,
        signal,
      ),
    listed: (ids) => call.json<ListedView>("GET", `/api/listed?ids=${ids.join(",")}`),
    search: (q, before, signal) =>
      call.json<SearchPageView>(
        "GET",
        `/api/search?q=${encodeURIComponent(q)}${before === null ? "" : `&before=${before}`}`,
        undefined,
        signal,
      ),
    conversation: (id, signal) =>
      call.json<ConversationView>("GET", `/api/conversations/${id}`, undefined, signal),
    open: (id, seq) => call.nothing("POST", `/api/conversations/${id}/open`, { seq }),
    join: (id) => call.nothing("POST", `/api/conversations/${id}/join`),
    handBack: (id) => call.nothing("POST", `/api/conversations/${id}/hand-back`),
    assign: (id, to) => call.nothing("POST", `/api/conversations/${id}/assign`, to),
    heirs: (signal) => call.json<HeirsView>("GET", "/api/heirs", undefined, signal),
    undo: (id, deed) => call.nothing("POST", `/api/conversations/${id}/undo`, { deed }),
    ...cannedPort(call),
    answer: async (id, key, text, files, known) => {
      const body = { key, text, ...(files && files.length > 0 && { files }), ...(known && { known }) }
      return (await call.json<{ message: MessageView }>("POST", `/api/conversations/${id}/answer`, body))
        .message
    },
    upload: (id, { key, name, bytes }, onShare, signal) => {
      const query = new URLSearchParams({ key, name: name.slice(-LONGEST_NAME) })
      const url = `${options.relay}/api/conversations/${id}/uploads?${query}`
      return sendFile<AttachmentView>({ url, token: options.token, bytes, onShare, signal })
    },
    removeUpload: (id) => call.nothing("POST", `/api/uploads/${id}/remove`),
    typing: (conversation, on) => void socket?.say({ type: "typing", conversation, on }),
    look: (conversation) => {
      looked = conversation
      socket?.say({ type: "look", conversation })
    },
    close: (id) => call.nothing("POST", `/api/conversations/${id}/close`),
    release: async (id) =>
      (await call.json<{ message: MessageView }>("POST", `/api/answers/${id}/release`)).message,
    attachment: (id) => call.file(`/api/attachments/${id}`),
    original: (id, signal) => call.file(`/api/mails/${id}`, signal),
    setIntent: (wish, version) => call.json<IntentNow>("PUT", "/api/me/intent", { ...wish, version }),
    setOverride: (on) => call.nothing("PUT", "/api/me/override", { on }),
    profile: (signal) => call.json<ProfileView>("GET", "/api/me/profile", undefined, signal),
    askDestination: (address) => call.json<CodeSent>("POST", "/api/me/destination", { address }),
    confirmDestination: (address, code) =>
      call.nothing("POST", "/api/me/destination/confirm", { address, code }),
    askAddress: (address) => call.json<CodeSent>("POST", "/api/addresses", { address }),
    confirmAddress: (address, code) => call.nothing("POST", "/api/addresses/confirm", { address, code }),
    setRedirect: (me, redirect) =>
      call.nothing("PUT", "/api/redirects", { owner: { kind: "agent", id: me }, redirect }),
    setFallback: async (address, fallback) => {
      await call.json("PUT", "/api/mail/destinations/fallback", { address, fallback })
    },
    picture: (id) => call.file(`/api/pictures/${id}`),
    setPicture: async (picture) =>
      call.nothing("PUT", "/api/me/picture", { picture: picture && (await base64Of(picture)) }),
    saveProfile: (change) => call.json<AgentView>("PATCH", "/api/me", change),
    signOut: (unavailable) => call.nothing("POST", "/api/sign-out", { unavailable }),
    live: (listener) => {
      listeners.add(listener)
      socket ??= openLive({ ...options, role: "screen", listener: tell })
      return () => {
        listeners.delete(listener)
        if (listeners.size > 0) return
        socket?.stop()
        socket = null
      }
    },
  }
}

/** Texts at hand. */
const cannedPort = (
  call: ReturnType<typeof caller>,
): Pick<DeskPort, "cannedAnswers" | "saveCanned" | "removeCanned"> => ({
  cannedAnswers: async (signal) =>
    (await call.json<{ answers: CannedAnswerView[] }>("GET", "/api/canned-answers", undefined, signal))
      .answers,
  saveCanned: async (id, { shared, ...canned }) => {
    const { answer } =
      id === null
        ? await call.json<{ answer: CannedAnswerView }>("POST", "/api/canned-answers", { ...canned, shared })
        : await call.json<{ answer: CannedAnswerView }>("PATCH", `/api/canned-answers/${id}`, canned)
    return answer
  },
  removeCanned: (id) => call.nothing("POST", `/api/canned-answers/${id}/delete`),
})

/** The three shapes of a call; each rejects with a Refusal, with Unreachable, or with the caller's abort. */
export const caller = (options: {
  relay: string
  token: string | null
  headers?: Record<string, string>
}) => {
  const raw = async (
    method: string,
    path: string,
    body?: unknown,
    signal?: AbortSignal,
    timeout = TIMEOUT,
  ): Promise<Response> => {
    const late = AbortSignal.timeout(timeout)
    let response: Response
    try {
      response = await fetch(`${options.relay}${path}`, {
        method,
        headers: {
          ...options.headers,
          ...(options.token === null ? {} : { Authorization: `Bearer ${options.token}` }),
          ...(body === undefined ? {} : { "Content-Type": "application/json" }),
        },
        body: body === undefined ? undefined : JSON.stringify(body),
        signal: signal === undefined ? late : AbortSignal.any([late, signal]),
        cache: "no-store",
      })
    } catch (error) {
      if (signal?.aborted) throw error
      if (late.aborted) throw new Unreachable("timeout", `no answer within ${timeout / SECOND} s`)
      throw new Unreachable("network", `${options.relay} was not reached`)
    }
    if (!response.ok) throw errorOf(response.status, await response.json().catch(() => null))
    return response
  }

  return {
    raw,
    /** All of a file; a line that breaks in the midst of it is one that was not reached. */
    file: async (path: string, signal?: AbortSignal): Promise<Blob> => {
      const response = await raw("GET", path, undefined, signal, FILE_TIMEOUT)
      try {
        return await response.blob()
      } catch (error) {
        if (signal?.aborted) throw error
        throw new Unreachable("network", `${options.relay} broke off in the midst of a file`)
      }
    },
    json: async <T>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<T> => {
      const response = await raw(method, path, body, signal)
      try {
        return (await response.json()) as T
      } catch (error) {
        if (signal?.aborted) throw error
        throw new Unreachable("not-a-relay", `${options.relay} answered with something that is not JSON`)
      }
    },
    nothing: async (method: string, path: string, body?: unknown): Promise<void> => {
      const response = await raw(method, path, body)
      await response.body?.cancel()
    },
  }
}
