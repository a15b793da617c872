import { type Actions, actions } from "../../relay/actions/index.ts"
import type { InputOf, OutputOf, Store } from "../../relay/store/store.ts"
import type { AccountId, AgentId, DeviceId } from "../../shared/words/ids.ts"
import type { IdleState } from "../../shared/words/nouns.ts"
import { MINUTE, type Millis, SECOND } from "../../shared/words/time.ts"
import { openDirect, openTestStore, type StoreKind } from "../kit/stores.ts"

export const START: Millis = Date.UTC(2026, 0, 5, 9)

/**
 * A company as persons make it, by the actions of the relay alone, on a store of its own and a clock set by
 * hand: Ada is the admin, Ben an agent, the shop their site.
 */
export const openCompany = async (kind: StoreKind, given?: Store<Actions>) => {
  // SQLite in this thread: these suites are about the actions, and a thread of its own takes 300 ms to start.
  const store: Store<Actions> =
    given ?? (kind === "sqlite" ? await openDirect(actions) : await openTestStore(kind))
  let now = START
  let keys = 0
  const beats = new Map<DeviceId, number>()

  const run = <N extends keyof Actions & string>(
    name: N,
    input: InputOf<Actions[N]>,
  ): Promise<OutputOf<Actions[N]>> => store.run(name, input, now)

  await run("startRelay", { relayId: "relay", mailDomain: "relay.test" })
  const { accountId, agentId, siteId, siteKey } = await run("setUp", {
    company: "Lamps Ltd",
    agent: { name: "Ada", address: "ada@lamps.example", language: "en", zone: "Europe/Prague" },
    site: { name: "Lamps", origins: ["https://lamps.example"] },
    graceMs: 2 * MINUTE,
    waitMs: 2 * MINUTE,
  })
  const { agentId: benId } = await run("createAgent", {
    accountId,
    name: "Ben",
    address: "ben@lamps.example",
    role: "agent",
    language: "de",
    zone: "Europe/Berlin",
  })

  /** The newest code mailed to an address; null if there is none. */
  const codeOf = async (address: string): Promise<string | null> => {
    const mails = await run("listDeliveries", { accountId: null, limit: 100 })
    const mail = mails.find((one) => one.kind === "sign-in-code" && one.to === address)
    if (!mail) return null
    const { content } = await run("readDelivery", { id: mail.id })
    return content.kind === "sign-in-code" ? content.code : null
  }

  const signIn = async (address: string, label = "Firefox on Linux") => {
    now += 1
    await run("askSignInCode", { address })
    const code = (await codeOf(address)) ?? ""
    const signedIn = await run("signIn", { address, code, device: { kind: "extension", label } })
    if (signedIn.refused) throw new Error(`${address} could not sign in: ${signedIn.refused}`)
    return signedIn
  }

  const beat = async (
    who: { accountId: AccountId; agentId: AgentId; deviceId: DeviceId },
    state: IdleState = "active",
  ) => {
    const seq = (beats.get(who.deviceId) ?? 0) + 1
    beats.set(who.deviceId, seq)
    const { accountId, agentId, deviceId } = who
    const said = { bootId: "boot-0001", seq, state, intervalMs: 20 * SECOND }
    const { results } = await run("takeBeats", {
      beats: [{ accountId, agentId, deviceId, beat: said }],
    })
    return results[0]
  }

  const newVisitor = (language: "en" | "cs" = "en") =>
    run("createVisitor", { accountId, siteId, language, zone: "Europe/Madrid" })

  const write = async (visitorId: Awaited<ReturnType<typeof newVisitor>>["visitorId"], text: string) => {
    keys += 1
    const key = `key-${String(keys).padStart(8, "0")}`
    const page = { url: "https://lamps.example/desk-lamps", title: "Desk lamps" }
    return run("takeVisitorMessage", { accountId, siteId, groupId: null, visitorId, key, text, page })
  }

  /** Time passes, with the relay up and its turns taken at the end. */
  const pass = async (length: Millis): Promise<void> => {
    const end = now + length
    while (now < end) {
      now = Math.min(end, now + 30 * SECOND)
      await run("signRelay", { relayId: "relay" })
    }
    await run("changePresences", { limit: 100 })
    await run("judgeDue", { limit: 100 })
    await run("mailDueAnswers", { limit: 100 })
  }

  return {
    run,
    store,
    accountId,
    siteId,
    siteKey,
    adaId: agentId,
    benId,
    codeOf,
    signIn,
    beat,
    newVisitor,
    write,
    pass,
    /** Moves the clock alone. */
    jump: (length: Millis): void => {
      now += length
    },
    now: () => now,
    close: () => store.close(),
  }
}

export type Company = Awaited<ReturnType<typeof openCompany>>
