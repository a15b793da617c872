import type { caller } from "../../../shared/desk/http-port.ts"
import type {
  ChangesView,
  PersonView,
  TagHellosView,
  TagLookView,
  WebhookDeliveryView,
  WebhookView,
} from "../../../shared/protocol/record-views.ts"
import type { ChangeKind } from "../../../shared/words/changes.ts"
import type { AgentId, SiteId, WebhookDeliveryId, WebhookId } from "../../../shared/words/ids.ts"
import type { WebhookEvent } from "../../../shared/words/webhooks.ts"

export interface ChangesFilter {
  agentId?: AgentId | undefined
  kind?: ChangeKind | undefined
  before?: number | undefined
}

export interface WebhookFields {
  name: string
  url: string
  events: WebhookEvent[]
}

/** Whose data: a visitor's address or id, or an agent's id. */
export type WhoseData = { visitor: string } | { agentId: AgentId }

export interface Erased {
  person: PersonView
  /** Whether the bytes are gone from the store's file too. */
  store: "done" | "later" | "none"
  /** Copies from before updates that still have them. */
  copies: number
}

/** What the admin screens ask about the record of the account. */
export interface RecordApi {
  /** Who set what, when; `before`: `next` of the page before. */
  changes(filter: ChangesFilter, signal?: AbortSignal): Promise<ChangesView>
  webhooks(signal?: AbortSignal): Promise<{ webhooks: WebhookView[] }>
  /** `secret` is given here and never again. */
  addWebhook(webhook: WebhookFields): Promise<{ webhookId: WebhookId; secret: string }>
  saveWebhook(id: WebhookId, change: Partial<WebhookFields> & { active?: boolean }): Promise<unknown>
  removeWebhook(id: WebhookId): Promise<unknown>
  rotateWebhook(id: WebhookId): Promise<{ secret: string }>
  testWebhook(id: WebhookId): Promise<unknown>
  webhookDeliveries(id: WebhookId, signal?: AbortSignal): Promise<{ deliveries: WebhookDeliveryView[] }>
  sendWebhookAgain(id: WebhookId, delivery: WebhookDeliveryId): Promise<void>
  findPerson(whose: WhoseData): Promise<PersonView>
  /** A zip. */
  exportPerson(whose: WhoseData): Promise<Blob>
  erasePerson(whose: WhoseData): Promise<Erased>
  /** Lines of JSON. */
  exportAccount(): Promise<Blob>
  /** Where a site's chat box was loaded. */
  tagHellos(id: SiteId, signal?: AbortSignal): Promise<TagHellosView>
  /** Looks at a page now. */
  lookAtTag(id: SiteId, url: string): Promise<TagLookView>
}

/** A query of what is given; empty without any. */
const query = (given: Record<string, string | number | undefined>): string => {
  const pairs = Object.entries(given).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, String(value)]],
  )
  return pairs.length === 0 ? "" : `?${new URLSearchParams(pairs)}`
}

export const recordApi = (call: ReturnType<typeof caller>): RecordApi => {
  const post = <T>(path: string, body?: unknown): Promise<T> => call.json<T>("POST", path, body)
  const file = async (path: string, body?: unknown): Promise<Blob> =>
    (await call.raw("POST", path, body)).blob()
  const at = (id: WebhookId): string => `/api/webhooks/${id}`
  return {
    changes: (filter, signal) => call.json("GET", `/api/changes${query({ ...filter })}`, undefined, signal),
    webhooks: (signal) => call.json("GET", "/api/webhooks", undefined, signal),
    addWebhook: (webhook) => post("/api/webhooks", webhook),
    saveWebhook: (id, change) => call.json("PATCH", at(id), change),
    removeWebhook: (id) => post(`${at(id)}/delete`),
    rotateWebhook: (id) => post(`${at(id)}/secret`, {}),
    testWebhook: (id) => post(`${at(id)}/test`),
    webhookDeliveries: (id, signal) => call.json("GET", `${at(id)}/deliveries`, undefined, signal),
    sendWebhookAgain: (id, delivery) => call.nothing("POST", `${at(id)}/deliveries/${delivery}/again`),
    findPerson: (whose) => post("/api/persons/find", whose),
    exportPerson: (whose) => file("/api/persons/export", whose),
    erasePerson: (whose) => post("/api/persons/erase", whose),
    exportAccount: () => file("/api/export"),
    tagHellos: (id, signal) => call.json("GET", `/api/sites/${id}/tag`, undefined, signal),
    lookAtTag: (id, url) => post(`/api/sites/${id}/tag`, { url }),
  }
}
