import { BOUNCED } from "./why/bounced.ts"
import { testSituations } from "./why/tests.ts"

testSituations("what a report says of a mail that was taken", "sink", BOUNCED)
