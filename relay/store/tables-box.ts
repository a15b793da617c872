import type { AccountId, AgentId, ConversationId, SiteId, VisitorId } from "../../shared/words/ids.ts"
import type { Millis } from "../../shared/words/time.ts"

/** A site's chat box where it is not as usual; a site without a row has the usual one. */
export interface SiteBoxRow {
  account_id: AccountId
  site_id: SiteId
  /** Look (shared/words/look.ts) as JSON; null: the product's own. */
  look: string | null
  /** 1: visitors are asked how it was. */
  rates: 0 | 1
  /** 1: visitors can have their conversation by mail. */
  transcripts: 0 | 1
  /** What the site's server signs with whom its visitors are (HMAC-SHA256); null: none was made. */
  identity_key: string | null
}

/** Who a visitor is, as the page said it (relay/rules/identity.ts). */
export interface IdentityRow {
  account_id: AccountId
  visitor_id: VisitorId
  /** Identity as JSON. */
  said: string
  /** 1: the site's server has signed it; 0: only its page says so. */
  signed: 0 | 1
  at: Millis
}

/** How a visitor found a conversation that was closed; the last word counts. */
export interface RatingRow {
  account_id: AccountId
  conversation_id: ConversationId
  /** Who had joined it last; null: nobody. */
  agent_id: AgentId | null
  good: 0 | 1
  words: string | null
  at: Millis
}

export interface BoxTables {
  site_boxes: SiteBoxRow
  identities: IdentityRow
  ratings: RatingRow
}
