import type { KyselyPlugin } from "kysely"
import { expect, test } from "vitest"
import { actions } from "../../relay/actions/index.ts"
import { openPostgres } from "../../relay/store/postgres.ts"
import type { Tx } from "../../relay/store/store.ts"
import { MINUTE, SECOND } from "../../shared/words/time.ts"
import { createDatabase } from "../kit/stores.ts"

/** Two relays, whose clocks are a millisecond apart: one finds a device silent while it beats at the other. */
test("a beat that goes by while a device is judged silent is not overwritten", async () => {
  const read = Promise.withResolvers<void>()
  const goOn = Promise.withResolvers<void>()
  const pausing: KyselyPlugin = {
    transformQuery: ({ node }) => node,
    transformResult: async ({ result }) => {
      // All devices of the account, with their facts; not just when the next one changes.
      if (result.rows[0]?.presence === "present" && "boot_id" in result.rows[0]) {
        read.resolve()
        await goOn.promise
      }
      return result
    },
  }
  const changeLate = (tx: Tx, input: { limit: number }) =>
    actions.changePresences({ ...tx, db: tx.db.withPlugin(pausing) }, input)
  const database = await createDatabase("postgres")
  const store = await openPostgres({ url: database.place, actions: { ...actions, changeLate } })
  try {
    await store.run("startRelay", { relayId: "relay" }, 0)
    const address = "ada@lamps.example"
    const { accountId, agentId } = await store.run(
      "setUp",
      {
        company: "Lamps Ltd",
        agent: { name: "Ada", address, language: "en", zone: "UTC" },
        site: { name: "Lamps", origins: ["*"] },
        graceMs: 2 * MINUTE,
        waitMs: 2 * MINUTE,
      },
      0,
    )
    await store.run("askSignInCode", { address }, 0)
    const [mail] = await store.run("listDeliveries", { accountId, limit: 1 }, 0)
    const { content } = await store.run("readDelivery", { id: mail!.id }, 0)
    const code = content.kind === "sign-in-code" ? content.code : ""
    const signedIn = await store.run(
      "signIn",
      { address, code, device: { kind: "tab", label: "Firefox" } },
      0,
    )
    if (signedIn.refused) throw new Error(signedIn.refused)
    const { deviceId } = signedIn
    const beat = (seq: number, now: number) => {
      const said = { bootId: "boot-0001", seq, state: "active", intervalMs: 20 * SECOND } as const
      return store.run("takeBeats", { beats: [{ accountId, agentId, deviceId, beat: said }] }, now)
    }
    await beat(1, 0)
    await store.run("signRelay", { relayId: "relay" }, 40 * SECOND)

    const silentAt = 45 * SECOND + 1
    const judged = store.run("changeLate", { limit: 10 }, silentAt)
    await read.promise
    expect(await beat(2, silentAt - 1)).toEqual({ results: ["taken"] })
    goOn.resolve()
    await judged
    const [toolbar] = await store.run("readToolbars", { accountId, who: [{ agentId, deviceId }] }, silentAt)
    expect(toolbar?.devices.map((device) => device.presence)).toEqual(["present"])
  } finally {
    await store.close()
    await database.remove()
  }
})
