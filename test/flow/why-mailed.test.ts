import { CAPTURED, MAILED, UNANSWERED } from "./why/mailed.ts"
import { testSituations } from "./why/tests.ts"

testSituations("what became of a mail", "sink", MAILED)
testSituations("what became of a mail that nobody takes", "nobody", UNANSWERED)
testSituations("what became of a mail where none leaves", "capture", CAPTURED)
