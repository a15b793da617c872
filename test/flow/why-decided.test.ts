import { DECIDED } from "./why/decided.ts"
import { testSituations } from "./why/tests.ts"

testSituations("why no mail was made", "sink", DECIDED)
