import type { Beat } from "../../shared/protocol/live.ts"
import type { Language } from "../../shared/words/nouns.ts"
import { SECOND } from "../../shared/words/time.ts"
import { connectScreen } from "../../test/kit/agent-screen.ts"
import { api } from "../../test/kit/api.ts"
import { type Company, startRelay, type TestRelay } from "../../test/kit/relay.ts"
import { until } from "../../test/kit/until.ts"
import { connectVisitor, ofType } from "../../test/kit/visitor-socket.ts"
import { SCENE_WORDS, type SceneWords } from "./words.ts"

/** A company on an ordinary morning, as the pictures for the stores show it. */
export interface Scene extends AsyncDisposable {
  relay: TestRelay
  company: Company
  words: SceneWords
  /** Both colleagues are unavailable from now on. */
  colleaguesLeave(): Promise<void>
}

const COLLEAGUES = [
  {
    name: "Petra Novotná",
    address: "petra@lamplight.example",
    intent: "busy",
    device: { kind: "extension", label: "Firefox on macOS" },
  },
  {
    name: "Ben Fischer",
    address: "ben@lamplight.example",
    intent: "available",
    device: { kind: "extension", label: "Edge on Windows" },
  },
] as const

/** Signs a device in by the code that was mailed, under a name of its own. */
const signIn = async (
  relay: TestRelay,
  { address, device }: (typeof COLLEAGUES)[number],
): Promise<string> => {
  await api(relay, "POST", "/api/sign-in/code", { address })
  const mail = await until("a code by mail", async () => (await relay.mailsTo(address)).at(-1))
  const code = /\b\d{6}\b/.exec(mail)?.[0]
  return (await api<{ token: string }>(relay, "POST", "/api/sign-in", { address, code, device })).token
}

/** One beat that is good for the minutes that taking pictures takes. */
const BEAT: Beat = { bootId: "colleague-of-the-scene", seq: 1, state: "active", intervalMs: 60 * SECOND }

/**
 * A relay with an admin (Anna, whose pictures are taken and who speaks `language`), two colleagues who are
 * there, a group, and three visitors who wrote. Times are those of this machine.
 */
export const openScene = async (language: Language): Promise<Scene> => {
  const words = SCENE_WORDS[language]
  const relay = await startRelay()
  const company = await relay.setUp()
  const { accountId, agentId } = company
  const closers: (() => Promise<void>)[] = []
  const anna = { url: relay.url, token: await relay.signIn() }
  await api(anna, "PATCH", "/api/me", { language })

  const members = [agentId]
  const leaving: (() => Promise<void>)[] = []
  for (const each of COLLEAGUES) {
    const { name, address, intent } = each
    members.push(await relay.addAgent(company, name, address))
    const token = await signIn(relay, each)
    const screen = await connectScreen(relay.url, token)
    closers.push(screen.close)
    const version = screen.toolbar().me.intentVersion
    const colleague = { url: relay.url, token }
    await api(colleague, "POST", "/api/beat", BEAT)
    if (intent !== "available") await api(colleague, "PUT", "/api/me/intent", { intent, version })
    leaving.push(async () => {
      const { intentVersion } = screen.toolbar().me
      await api(colleague, "PUT", "/api/me/intent", { intent: "unavailable", version: intentVersion })
    })
  }
  await relay.store.run("createGroup", { accountId, name: words.group, members }, relay.clock.now())

  for (const { name, text } of words.visitors) {
    const visitor = await connectVisitor({ url: relay.url, siteKey: company.siteKey })
    closers.push(visitor.close)
    visitor.send({ type: "open", language, zone: "Europe/Prague" })
    await visitor.push(ofType("you"))
    if (name !== null) visitor.send({ type: "contact", address: null, name })
    const key = crypto.randomUUID()
    visitor.send({ type: "write", key, text, page: null })
    await visitor.push((push): push is typeof push => push.type === "ack" && push.key === key)
  }
  return {
    relay,
    company,
    words,
    colleaguesLeave: async () => {
      for (const leave of leaving) await leave()
    },
    [Symbol.asyncDispose]: async () => {
      for (const close of closers) await close()
      await relay.stop()
    },
  }
}
