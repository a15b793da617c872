import { MISSED } from "./why/missed.ts"
import { testSituations } from "./why/tests.ts"

testSituations("why there was no notice of a missed conversation, or what became of it", "sink", MISSED)
