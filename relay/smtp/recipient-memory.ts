import { type Millis, SECOND } from "../../shared/words/time.ts"
import type { Recipient } from "../actions/find-recipients.ts"

/** How long it is taken for granted who an address is. What is stored for them is decided anew each time. */
const KEPT: Millis = 2 * SECOND

/** Addresses remembered at a time. */
const MOST = 10_000

/**
 * Who addresses are. `ask` is for RCPT and asks anew; `recall` is for the mail that follows at once, and takes
 * who was found there. Who was not found is not remembered.
 */
export const rememberRecipients = (
  find: (addresses: string[]) => Promise<Recipient[]>,
  now: () => Millis,
) => {
  const known = new Map<string, { recipient: Recipient; until: Millis }>()

  const remembered = (address: string): Recipient | null => {
    const found = known.get(address)
    return found && found.until > now() ? found.recipient : null
  }

  const remember = (address: string, recipient: Recipient): void => {
    if (recipient.kind === "unknown" || recipient.kind === "foreign") return
    // The oldest stand first.
    known.delete(address)
    known.set(address, { recipient, until: now() + KEPT })
    for (const [oldest, { until }] of known) {
      if (known.size <= MOST && until > now()) break
      known.delete(oldest)
    }
  }

  const ask = async (address: string): Promise<Recipient> => {
    const [recipient = { kind: "unknown" } as const] = await find([address])
    remember(address, recipient)
    return recipient
  }

  const recall = async (addresses: string[]): Promise<Recipient[]> => {
    const recipients = addresses.map(remembered)
    const missing = addresses.filter((_, index) => recipients[index] === null)
    if (missing.length === 0) return recipients as Recipient[]
    const found = await find(missing)
    let next = 0
    return recipients.map((recipient) => recipient ?? found[next++] ?? { kind: "unknown" })
  }

  return { ask, recall }
}
