import type { Millis } from "../../shared/words/time.ts"

/** A new state from a moment on. */
export interface Change<Value> {
  at: Millis
  value: Value
}

/** A state that held in [from, to). */
export interface SpanOf<Value> {
  from: Millis
  to: Millis
  value: Value
}

/**
 * Changes folded into spans that fill [from, to) without gaps; neighbours differ. `before` is the state at
 * `from` if nothing changes there; changes come in their order, of several at one moment the last holds, and
 * those before `from` or from `to` on are left out of account.
 */
export const foldSpans = <Value>(
  before: Value,
  changes: readonly Change<Value>[],
  from: Millis,
  to: Millis,
): SpanOf<Value>[] => {
  const spans: SpanOf<Value>[] = []
  let value = before
  let since = from
  const close = (at: Millis): void => {
    if (at <= since) return
    const last = spans.at(-1)
    if (last?.value === value) last.to = at
    else spans.push({ from: since, to: at, value })
    since = at
  }
  for (const change of changes) {
    if (change.at < from || change.at >= to || change.value === value) continue
    close(change.at)
    value = change.value
  }
  close(to)
  return spans
}

/**
 * How far a timeline can go when there is more than fits: up to the moment of the first event left out, which
 * is not shown in part. `events` are one more than fit, if there are more; null if all do.
 */
export const cutAt = (events: readonly { at: Millis }[], fit: number): Millis | null =>
  events.length > fit ? (events[fit]?.at ?? null) : null
