import type { caller } from "../../../shared/desk/http-port.ts"
import type { ChangesView } from "../../../shared/protocol/record-views.ts"
import type { ChangeKind } from "../../../shared/words/changes.ts"
import type { AgentId } from "../../../shared/words/ids.ts"

export interface ChangesFilter {
  agentId?: AgentId | undefined
  kind?: ChangeKind | undefined
  before?: number | undefined
}

/** What the admin screens ask about the record of the account. */
export interface RecordApi {
  /** Who set what, when; `before`: `next` of the page before. */
  changes(filter: ChangesFilter, signal?: AbortSignal): Promise<ChangesView>
}

/** A query of what is given; empty without any. */
const query = (given: Record<string, string | number | undefined>): string => {
  const pairs = Object.entries(given).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, String(value)]],
  )
  return pairs.length === 0 ? "" : `?${new URLSearchParams(pairs)}`
}

export const recordApi = (call: ReturnType<typeof caller>): RecordApi => ({
  changes: (filter, signal) => call.json("GET", `/api/changes${query({ ...filter })}`, undefined, signal),
})
