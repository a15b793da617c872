import type { Millis } from "../shared/words/time.ts"

/** A limit on how often something may be done by one key (an address, a visitor). Kept in this process. */
export interface Limit {
  /** Takes one for this key; false when it has none left. */
  take(key: string): boolean
}

interface Bucket {
  tokens: number
  at: Millis
}

/** Keys remembered at most; past it the full buckets are forgotten, as they say nothing. */
const MOST_KEYS = 20_000

/**
 * Token bucket: `size` at once, filled again evenly over `per` ms. `now` is any clock that goes forward:
 * limits are about the line, so they follow the machine and not the relay's clock that tests set.
 */
export const tokenBucket = (
  size: number,
  per: Millis,
  now: () => Millis = () => performance.now(),
): Limit => {
  const buckets = new Map<string, Bucket>()
  const filled = (bucket: Bucket, at: Millis): number =>
    Math.min(size, bucket.tokens + ((at - bucket.at) * size) / per)

  /** Every tenth key or more goes, so that the look at all of them is worth it. */
  const forget = (at: Millis): void => {
    for (const [key, bucket] of buckets) if (filled(bucket, at) >= size) buckets.delete(key)
    // All of them busy: those not heard of for longest go, so that memory stays bounded whatever comes.
    for (const key of buckets.keys()) {
      if (buckets.size <= MOST_KEYS * 0.9) return
      buckets.delete(key)
    }
  }

  return {
    take: (key) => {
      const at = now()
      if (buckets.size >= MOST_KEYS && !buckets.has(key)) forget(at)
      const tokens = filled(buckets.get(key) ?? { tokens: size, at }, at)
      // Deleted first, to be the newest in the order of the map.
      buckets.delete(key)
      buckets.set(key, { tokens: tokens >= 1 ? tokens - 1 : tokens, at })
      return tokens >= 1
    },
  }
}

/**
 * At most `most` in any `per` ms, strictly: nothing is given back before its time is over. Keeps the moments
 * of what was taken, so it is for small numbers.
 */
export const slidingWindow = (
  most: number,
  per: Millis,
  now: () => Millis = () => performance.now(),
): Limit => {
  const taken = new Map<string, Millis[]>()

  const forget = (at: Millis): void => {
    for (const [key, moments] of taken) if ((moments.at(-1) ?? 0) <= at - per) taken.delete(key)
    for (const key of taken.keys()) {
      if (taken.size <= MOST_KEYS * 0.9) return
      taken.delete(key)
    }
  }

  return {
    take: (key) => {
      const at = now()
      if (taken.size >= MOST_KEYS && !taken.has(key)) forget(at)
      const recent = (taken.get(key) ?? []).filter((moment) => moment > at - per)
      const allowed = recent.length < most
      if (allowed) recent.push(at)
      taken.delete(key)
      taken.set(key, recent)
      return allowed
    },
  }
}
