import { expect, test } from "vitest"
import { actions } from "../../relay/actions/index.ts"
import { emitAll, eventsAfter } from "../../relay/store/events.ts"
import type { Tx } from "../../relay/store/store.ts"
import type { AccountId } from "../../shared/words/ids.ts"
import { openCompany } from "../actions/company.ts"
import { openDirect } from "../kit/stores.ts"

test("what happens to 6,000 conversations at once is told of each, in order", async () => {
  const emitMany = async (tx: Tx, { accountId, n }: { accountId: AccountId; n: number }) => {
    const before = (await eventsAfter(tx, accountId, 0, 1_000)).length
    await emitAll(
      tx,
      accountId,
      Array.from({ length: n }, (_, index) => ({
        kind: "conversation" as const,
        conversationId: `co_${index}` as never,
        state: "closed" as const,
        why: "erased" as const,
      })),
    )
    return (await eventsAfter(tx, accountId, before, 10_000)).map((event) => event.cursor - before)
  }
  const store = await openDirect({ ...actions, emitMany })
  const company = await openCompany("sqlite", store as never)
  const n = 6_000
  const told = await store.run("emitMany", { accountId: company.accountId, n }, company.now())
  expect(told).toEqual(Array.from({ length: n }, (_, index) => index + 1))
  await company.close()
})
