import { expect, test } from "vitest"
import { actions as all } from "../../relay/actions/index.ts"
import { openPostgres } from "../../relay/store/postgres.ts"
import type { Tx } from "../../relay/store/store.ts"
import type { AccountId, VisitorId } from "../../shared/words/ids.ts"
import { createDatabase } from "../kit/stores.ts"
import { openCompany } from "./company.ts"

test("a file that comes while its visitor is erased is not kept", async () => {
  const database = await createDatabase("postgres")
  const reached = Promise.withResolvers<void>()
  const goOn = Promise.withResolvers<void>()
  /** An erasure that has removed everything and has not committed. */
  const slowly = async (tx: Tx, given: { accountId: AccountId; whose: { visitorId: VisitorId } }) => {
    await all.erasePerson(tx, given)
    reached.resolve()
    await goOn.promise
  }
  const count = async (tx: Tx) => (await tx.db.selectFrom("uploads").select("id").execute()).length
  const store = await openPostgres({ url: database.place, actions: { ...all, slowly, count } })
  const company = await openCompany("postgres", store as never)
  const { accountId } = company
  const { visitorId } = await company.newVisitor()
  const now = company.now()
  const erasing = store.run("slowly", { accountId, whose: { visitorId } }, now)
  await reached.promise
  const file = { name: "a.txt", type: "text/plain", bytes: Buffer.from("Eve's") }
  const sender = { kind: "visitor", id: visitorId } as const
  const taken = store.run("takeUpload", { accountId, sender, key: "upload-0001", file }, now).then(
    () => "kept",
    (error: Error) => error.message,
  )
  await Promise.race([taken, new Promise((resolve) => setTimeout(resolve, 500))])
  goOn.resolve()
  await erasing
  expect(await taken).toContain("not known any more")
  expect(await store.run("count", {}, now)).toBe(0)
  await company.close()
  await database.remove()
})
