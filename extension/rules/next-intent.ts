import { INTENTS, type Intent } from "../../shared/words/nouns.ts"

/** The status that the "next status" key chooses: available → busy → unavailable → available. */
export const intentAfter = (intent: Intent): Intent =>
  INTENTS[(INTENTS.indexOf(intent) + 1) % INTENTS.length] ?? intent
