import type { AgentView } from "../protocol/views.ts"
import type { IntentNow } from "./port.ts"

/**
 * An agent with the intent that the relay has told. What returns when it ends is told with the next toolbar;
 * until then it is what was there before: a temporary status that follows another goes back to where that would.
 */
export const withIntentNow = (me: AgentView, now: IntentNow): AgentView => ({
  ...me,
  intent: now.intent,
  intentVersion: now.version,
  intentUntil: now.until,
  intentBack:
    now.until === null
      ? null
      : now.version === me.intentVersion
        ? me.intentBack
        : (me.intentBack ?? me.intent),
})
