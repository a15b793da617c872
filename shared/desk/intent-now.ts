import type { AgentView } from "../protocol/views.ts"
import type { Intent } from "../words/nouns.ts"
import type { IntentNow } from "./port.ts"

/**
 * An agent with the intent that the relay has told. What returns when it ends is told with the next toolbar;
 * until then it is what was there before: another status that was chosen for good, or what that one goes back to.
 */
export const withIntentNow = (me: AgentView, now: IntentNow): AgentView => ({
  ...me,
  intent: now.intent,
  intentVersion: now.version,
  intentUntil: now.until,
  intentBack: now.until === null ? null : backFrom(me, now),
})

const backFrom = (me: AgentView, now: IntentNow): Intent | null =>
  me.intentUntil === null && me.intent !== now.intent ? me.intent : me.intentBack
