import { MINUTE, type Millis } from "../../../shared/words/time.ts"

/** How long what the DNS said is known without asking again. */
const HOLD: Millis = MINUTE

/** Names that are remembered; those asked longest ago go first. */
const MOST_NAMES = 10_000

/**
 * The same as `find`, which is asked once a minute for a name, and once for all who ask meanwhile. What is no
 * answer (`isFound`) is asked for again.
 */
export const remember = <Found>(
  find: (name: string) => Promise<Found>,
  isFound: (found: Found) => boolean,
  now: () => Millis,
): ((name: string) => Promise<Found>) => {
  const known = new Map<string, { at: Millis; found: Promise<Found> }>()
  return async (name) => {
    const old = known.get(name)
    if (old && now() - old.at < HOLD) return await old.found
    const found = find(name)
    known.delete(name)
    known.set(name, { at: now(), found })
    if (known.size > MOST_NAMES) known.delete(known.keys().next().value as string)
    const answer = await found
    if (!isFound(answer) && known.get(name)?.found === found) known.delete(name)
    return answer
  }
}
