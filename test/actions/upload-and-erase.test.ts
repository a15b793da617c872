import { createHmac } from "node:crypto"
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

test("a file that its sender throws away while it is being sent goes with no message", async () => {
  const database = await createDatabase("postgres")
  const reached = Promise.withResolvers<void>()
  const goOn = Promise.withResolvers<void>()
  const slowly = async (tx: Tx, given: Parameters<typeof all.dropUpload>[1]) => {
    await all.dropUpload(tx, given)
    reached.resolve()
    await goOn.promise
  }
  const count = async (tx: Tx) => (await tx.db.selectFrom("messages").select("id").execute()).length
  const store = await openPostgres({ url: database.place, actions: { ...all, slowly, count } })
  const company = await openCompany("postgres", store as never)
  const { accountId, siteId } = company
  const { visitorId } = await company.newVisitor()
  const now = company.now()
  const sender = { kind: "visitor", id: visitorId } as const
  const file = { name: "a.txt", type: "text/plain", bytes: Buffer.from("Eve's") }
  const { id } = await store.run("takeUpload", { accountId, sender, key: "upload-0001", file }, now)
  const dropping = store.run("slowly", { accountId, senderId: visitorId, id }, now)
  await reached.promise
  const message = { accountId, siteId, groupId: null, visitorId, key: "message-0001", text: "", page: null }
  const sent = store.run("takeVisitorMessage", { ...message, files: [id] }, now).then(
    () => "sent",
    (error: Error) => error.message,
  )
  await Promise.race([sent, new Promise((resolve) => setTimeout(resolve, 500))])
  goOn.resolve()
  await dropping
  expect(await sent).toContain("not here any more")
  expect(await store.run("count", {}, now)).toBe(0)
  await company.close()
  await database.remove()
})

test("what a page signed about its visitor is not overwritten by what comes unsigned at the same moment", async () => {
  const database = await createDatabase("postgres")
  const reached = Promise.withResolvers<void>()
  const goOn = Promise.withResolvers<void>()
  const slowly = async (tx: Tx, given: Parameters<typeof all.introduceVisitor>[1]) => {
    await all.introduceVisitor(tx, given)
    reached.resolve()
    await goOn.promise
  }
  const store = await openPostgres({ url: database.place, actions: { ...all, slowly } })
  const company = await openCompany("postgres", store as never)
  const { accountId, siteId } = company
  const { visitorId } = await company.newVisitor()
  const now = company.now()
  const { key } = await company.run("makeIdentityKey", { accountId, siteId })
  const said = JSON.stringify({ name: "Eve", email: "eve@eve.example" })
  const signature = createHmac("sha256", key).update(said).digest("hex")
  const signed = store.run("slowly", { accountId, visitorId, said, signature }, now)
  await reached.promise
  const other = JSON.stringify({ name: "Mallory", email: "mallory@mallory.example" })
  const unsigned = store.run("introduceVisitor", { accountId, visitorId, said: other, signature: null }, now)
  await Promise.race([unsigned, new Promise((resolve) => setTimeout(resolve, 500))])
  goOn.resolve()
  await signed
  expect(await unsigned).toMatchObject({ name: "Eve", address: "eve@eve.example" })
  await company.close()
  await database.remove()
})
