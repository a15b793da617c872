import { expect, test } from "vitest"
import { actions } from "../../relay/actions/index.ts"
import { openSqliteDirect } from "../../relay/store/sqlite-direct.ts"
import type { Tx } from "../../relay/store/store.ts"
import type { AccountId, GroupId } from "../../shared/words/ids.ts"
import { MINUTE, SECOND } from "../../shared/words/time.ts"
import { openWorld } from "../kit/world.ts"

test("what a gap of the relay moves is told with its new due time", async () => {
  const w = await openWorld({ agents: 2 })
  await w.write()
  await w.pass(60 * SECOND)
  w.relayDown()
  await w.pass(50 * SECOND)
  await w.relayBack()
  const { conversations } = await w.look()
  const dueAt = w.start + 110 * SECOND + 2 * MINUTE
  expect(conversations[0]).toMatchObject({ batch: "counting", due_at: dueAt })
  for (const agent of w.team) expect(await w.verdict(agent.id)).toEqual({ code: "waiting", dueAt })
  await w.close()
})

const GROUP = "gr_aaaaaaaaaaaaaaaaaaaa" as GroupId

/** A group as it is after it was deleted while somebody of it was there. */
const deletedGroup = async (tx: Tx, { accountId }: { accountId: AccountId }): Promise<void> => {
  const group = { account_id: accountId, id: GROUP, name: "Returns", hours: null }
  await tx.db
    .insertInto("groups")
    .values({ ...group, deleted_at: tx.now, created_at: tx.now })
    .execute()
  const audience = { account_id: accountId, group_id: GROUP, there: 1, there_until: null } as const
  await tx.db
    .insertInto("audiences")
    .values({ ...audience, light: 1, light_at: tx.now, busy: 0, who: "{}" })
    .execute()
}

test("a deleted group counts as none: nobody is there for it who is not there at all", async () => {
  const store = await openSqliteDirect({ file: ":memory:", actions: { ...actions, deletedGroup } })
  const run = <N extends "setUp" | "createVisitor">(name: N, input: Parameters<(typeof actions)[N]>[1]) =>
    store.run(name, input as never, 0)
  const { accountId, siteId } = (await run("setUp", {
    company: "Lamps Ltd",
    agent: { name: "Ada", address: "ada@lamps.example", language: "en", zone: "UTC" },
    site: { name: "Lamps", origins: ["*"] },
    graceMs: 0,
    waitMs: MINUTE,
  })) as Awaited<ReturnType<typeof actions.setUp>>
  await store.run("deletedGroup", { accountId }, 0)
  const visitor = { accountId, siteId, language: "en", zone: "UTC" } as const
  const { visitorId } = (await run("createVisitor", visitor)) as Awaited<
    ReturnType<typeof actions.createVisitor>
  >
  const message = { groupId: GROUP, key: "key-00000001", text: "Hello?", page: null }
  const { conversationId } = await store.run(
    "takeVisitorMessage",
    { accountId, siteId, visitorId, ...message },
    0,
  )
  const { conversation } = await store.run("why", { conversationId }, 0)
  expect(conversation).toMatchObject({ batch: "counting", dueAt: MINUTE })
  await store.close()
})
