import type { Generated } from "kysely"
import type { AccountId } from "../../shared/words/ids.ts"
import type { Millis } from "../../shared/words/time.ts"

/** Finds the account that a key from outside belongs to. */
export interface DirectoryRow {
  kind: "address" | "site-key" | "device-token" | "reply-token" | "mail-domain" | "mail-name"
  key: string
  account_id: AccountId
  target: string
}

/** One row a relay process; `seen_at` is its last sign of life. */
export interface RelayRow {
  id: string
  started_at: Millis
  seen_at: Millis
}

/** Keys made on first run: DKIM, set-up. */
export interface RelaySecretRow {
  name: string
  value: string
  created_at: Generated<Millis>
}
