import type { ChangeDeed, ChangedField, ChangeKind, ChangeWay } from "../words/changes.ts"
import type { AgentId } from "../words/ids.ts"
import type { Millis } from "../words/time.ts"

/** Views of the record: changes, webhooks, persons' data, tags. */

export interface ChangeView {
  seq: number
  at: Millis
  way: ChangeWay
  byAgent: AgentId | null
  /** The command line's user, or the address that the link in a mail went to. */
  byName: string | null
  kind: ChangeKind
  thing: string
  /** What it was called; null where ids are looked up in `names`. */
  name: string | null
  deed: ChangeDeed
  fields: ChangedField[]
}

/** A page of the log. `names`: of agents and groups, by id. */
export interface ChangesView {
  changes: ChangeView[]
  names: Record<string, string>
  next: number | null
}
