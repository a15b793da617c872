import type { MessageView } from "../../shared/protocol/views.ts"

/** What went wrong, as the relay's refusals say it. */
export class ApiError extends Error {
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.name = "ApiError"
    this.status = status
  }
}

/** Who asks: nobody, an agent's device by its bearer token, or whoever has the set-up key. */
export interface Caller {
  /** Origin of the relay. */
  url: string
  token?: string
  key?: string
}

/** One request to the HTTP API; gives back its JSON, null where there is none. Throws ApiError on refusals. */
export const api = async <T>(caller: Caller, method: string, path: string, body?: unknown): Promise<T> => {
  const answer = await fetch(`${caller.url}${path}`, {
    method,
    headers: {
      ...(caller.token === undefined ? {} : { Authorization: `Bearer ${caller.token}` }),
      ...(caller.key === undefined ? {} : { "X-Porchlight-Key": caller.key }),
      ...(body === undefined ? {} : { "Content-Type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  if (!answer.ok) throw new ApiError(answer.status, `${method} ${path}: ${answer.status} ${text}`)
  return (text === "" ? null : JSON.parse(text)) as T
}

export interface FirstRun {
  company?: string
  name?: string
  address: string
  site?: string
  /** Seconds. */
  grace?: number
  wait?: number
}

/** Company, first agent and site, as the set-up page makes them. */
export const setUp = async (
  relay: { url: string; key: string },
  plan: FirstRun,
): Promise<{ siteKey: string }> =>
  api(relay, "POST", "/api/setup", {
    key: relay.key,
    company: plan.company ?? "Lamplight & Co",
    agent: { name: plan.name ?? "Anna", address: plan.address, language: "en", zone: "UTC" },
    site: { name: plan.site ?? "Lamplight", origins: ["*"] },
    graceSeconds: plan.grace ?? 120,
    waitSeconds: plan.wait ?? 120,
  })

/**
 * Signs a device in with an e-mailed code. `readCode` gives the text of the mail with it, wherever that
 * arrives; gives back the bearer token.
 */
export const signIn = async (
  relay: { url: string },
  address: string,
  readCode: () => Promise<string>,
): Promise<string> => {
  await api(relay, "POST", "/api/sign-in/code", { address })
  const mail = await readCode()
  const code = /\b\d{6}\b/.exec(mail)?.[0]
  if (code === undefined) throw new Error(`no six digits in the mail:\n${mail}`)
  const device = { kind: "tab", label: "Test" }
  const { token } = await api<{ token: string }>(relay, "POST", "/api/sign-in", { address, code, device })
  return token
}

/** The messages of a conversation, as an agent reads them. */
export const messagesOf = async (agent: Caller, conversationId: string): Promise<MessageView[]> => {
  const view = await api<{ messages: MessageView[] }>(agent, "GET", `/api/conversations/${conversationId}`)
  return view.messages
}
