import { test } from "vitest"
import { DAY, HOUR } from "../../shared/words/time.ts"
import { setClock } from "../kit/clock-set.ts"

/** Forward it looks as if the machine had slept: what falls due then has a minute's grace, in real time. */
test.each([HOUR, DAY])(
  "the machine's clock is set forward, by %i ms: nobody is gone, nothing is early or late",
  async (by) => {
    await setClock(by)
  },
  150_000,
)
