import { test } from "vitest"
import { DAY, HOUR } from "../../shared/words/time.ts"
import { setClock } from "../kit/clock-set.ts"

test.each([-HOUR, -DAY])(
  "the machine's clock is set back, by %i ms: nobody is gone, nothing is early or late",
  async (by) => {
    await setClock(by)
  },
  60_000,
)
