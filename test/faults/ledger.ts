/** What writers gave to a relay, and what it has acknowledged: the other side of what must be stored. */
export interface Ledger {
  /** Every text that was sent, acknowledged or not. */
  sent: Set<string>
  acknowledged: Set<string>
}

export const newLedger = (): Ledger => ({ sent: new Set(), acknowledged: new Set() })

export interface Faults {
  /** Acknowledged, and not there. */
  lost: string[]
  /** There more than once. */
  twice: string[]
  /** There, and never sent. */
  strange: string[]
}

/** Compares a ledger with the texts of all stored messages. */
export const findFaults = (ledger: Ledger, stored: string[]): Faults => {
  const counts = new Map<string, number>()
  for (const text of stored) counts.set(text, (counts.get(text) ?? 0) + 1)
  return {
    lost: [...ledger.acknowledged].filter((text) => !counts.has(text)),
    twice: [...counts].filter(([, count]) => count > 1).map(([text]) => text),
    strange: [...counts.keys()].filter((text) => !ledger.sent.has(text)),
  }
}

/** Of what came more than once: what it is, and how often. */
export const repeated = (keys: readonly string[]): [string, number][] => {
  const counts = new Map<string, number>()
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1)
  return [...counts].filter(([, count]) => count > 1)
}
