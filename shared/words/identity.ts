/** Who a visitor is, as the site's page says it, or its server has signed. */
export interface Identity {
  name: string | null
  /** Lowercase. */
  address: string | null
  /** What else the site says of them, in its own words: at most 10, as text. */
  facts: { label: string; value: string }[]
}
