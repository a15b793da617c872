import type { Store } from "../../relay/store/store.ts"
import { type ConversationId, newId, type VisitorId } from "../../shared/words/ids.ts"
import { DAY, MINUTE, type Millis, SECOND } from "../../shared/words/time.ts"
import type { BenchActions } from "./bench-actions.ts"
import { onBoth } from "./open-batches.ts"
import { quantile, type Result, rounded } from "./result.ts"
import { type Company, inParallel, seedCompany } from "./seed.ts"

/** Conversations stored when it is measured first, and then; `GROWTH=1000000` for a million. */
const TO = Number(process.env.GROWTH ?? 100_000)
const SIZES = [Math.round(TO / 10), TO]
const TIMES = 200
const AT: Millis = 1_767_225_600_000
const WAIT = 2 * MINUTE

type Way = (n: number) => Promise<unknown>

/** A conversation as most are: asked, mailed to the agent, answered, closed. */
const seedOne = async (store: Store<BenchActions>, company: Company, at: Millis): Promise<ConversationId> => {
  const { accountId, agentId, siteId } = company
  const visitor = { accountId, siteId, language: "en", zone: "UTC" } as const
  const { visitorId } = await store.run("createVisitor", visitor, at)
  const words = {
    key: "seed-message",
    text: "Do you have the lamp Evening in brass, and what is it?",
    page: null,
  }
  const to = { accountId, siteId, groupId: null, visitorId }
  const { conversationId } = await store.run("takeVisitorMessage", { ...to, ...words }, at)
  await store.run("judgeDue", { limit: 10 }, at + WAIT)
  const terms = { relayId: "re_seed", limit: 10, leaseMs: MINUTE }
  const { claims } = await store.run("claimDeliveries", terms, at + WAIT)
  for (const { id, attempts: attempt } of claims) {
    const result = { kind: "delivered", server: "mx.example", answer: "250 2.0.0 OK" } as never
    await store.run("settleDelivery", { accountId, id, claimedBy: "re_seed", attempt, result }, at + WAIT)
  }
  const answer = { key: "seed-answer", text: "We do, in all sizes; it is 120 euros." }
  await store.run("answerConversation", { accountId, agentId, conversationId, ...answer }, at + WAIT)
  await store.run("closeConversation", { accountId, agentId, conversationId }, at + 2 * WAIT)
  return conversationId
}

/** Conversations that are stored in one transaction. */
const PIECE = 10_000

/** Copies a conversation until there are so many, and says how far it is. */
const grow = async (
  store: Store<BenchActions>,
  { accountId }: Company,
  conversationId: ConversationId,
  { from, to }: { from: number; to: number },
): Promise<void> => {
  const began = performance.now()
  for (let first = from; first < to; first += PIECE) {
    const last = Math.min(first + PIECE, to)
    await store.run("multiply", { accountId, conversationId, from: first, to: last }, AT)
    const seconds = Math.round((performance.now() - began) / SECOND)
    process.stderr.write(`\r${store.dialect}: ${last.toLocaleString("en")} conversations, ${seconds} s `)
  }
  process.stderr.write("\n")
  await store.run("analyze", {} as never, AT)
}

/** Fills an empty store with so many conversations of one company, a second apart, the newest at `at`. */
export const fillTo = async (store: Store<BenchActions>, count: number, at: Millis): Promise<void> => {
  const company = await seedCompany(store as never, at, WAIT)
  await grow(store, company, await seedOne(store, company, at), { from: 0, to: count })
}

/** The main paths, each as a relay goes it. What they store stays, a few hundred rows beside the many. */
const waysOf = async (
  store: Store<BenchActions>,
  company: Company,
  at: Millis,
): Promise<Record<string, Way>> => {
  const { accountId, agentId, siteId } = company
  const visitor = { accountId, siteId, language: "en", zone: "UTC" } as const
  const write = async (visitorId: VisitorId, key: string) =>
    store.run(
      "takeVisitorMessage",
      { accountId, siteId, groupId: null, visitorId, key, text: "Is it in brass?", page: null },
      at,
    )
  const { visitorId } = await store.run("createVisitor", visitor, at)
  const open = await write(visitorId, `growth-open-${at}`)
  const { conversationId } = open
  const viewer = { accountId, agentId }
  const middle = await store.run("listConversations", { ...viewer, list: "all", limit: 50 }, at)
  const after = middle.next ?? undefined
  const list = (name: "unserved" | "mine" | "all") => () =>
    store.run("listConversations", { ...viewer, list: name, limit: 50 }, at)
  return {
    "a new visitor's first message": async (n) => {
      const made = await store.run("createVisitor", visitor, at)
      await write(made.visitorId, `growth-new-${at}-${n}`)
    },
    "a message in a conversation": (n) => write(visitorId, `growth-more-${at}-${n}`),
    "a decision that is due": async (n) => {
      const made = await store.run("createVisitor", visitor, at + n * SECOND)
      await write(made.visitorId, `growth-due-${at}-${n}`)
      return () => store.run("judgeDue", { limit: 500 }, at + WAIT + n * SECOND)
    },
    "toolbar and team": () =>
      store.run("readToolbars", { accountId, who: [{ agentId, deviceId: newId("device") }] }, at),
    "first page of a list": list("all"),
    "a later page of a list": () =>
      store.run("listConversations", { ...viewer, list: "all", limit: 50, after }, at),
    "unserved conversations": list("unserved"),
    "one conversation with all of it": () => store.run("readConversation", { ...viewer, conversationId }, at),
    "search for a word that is rare": () =>
      store.run("searchConversations", { ...viewer, q: "zanzibar", limit: 20 }, at),
    "search for a word that all have": () =>
      store.run("searchConversations", { ...viewer, q: "brass", limit: 20 }, at),
    "a mail in, as a conversation": (n) =>
      store.run(
        "takeConversationMail",
        {
          ...{ accountId, groupId: null, address: "inbox@porchlight.example" },
          ...{ envelopeFrom: `vera${n}@visitors.example`, raw: new Uint8Array(2000), auth: null },
          mail: {
            from: `vera${n}@visitors.example`,
            name: "Vera",
            subject: "A lamp",
            messageId: `<growth-${at}-${n}@visitors.example>`,
            automatic: false,
            thread: [],
            text: "Is it in brass?",
            whole: "Is it in brass?",
            attachments: [],
          },
        } as never,
        at,
      ),
    "the health of it all": () => store.run("readHealth", {}, at),
  }
}

/** Median of a way, ms; one that gives a function back is measured by that alone. */
const timeOf = async (way: Way): Promise<number> => {
  const took: number[] = []
  for (let n = 0; n < TIMES; n++) {
    const from = performance.now()
    const rest = await way(n)
    if (typeof rest !== "function") {
      took.push(performance.now() - from)
      continue
    }
    const again = performance.now()
    await (rest as () => Promise<unknown>)()
    took.push(performance.now() - again)
  }
  return quantile(took, 0.5)
}

const measure = async (store: Store<BenchActions>): Promise<Map<string, number[]>> => {
  const company = await seedCompany(store as never, AT, WAIT)
  const conversationId = await seedOne(store, company, AT)
  const found = new Map<string, number[]>()
  let stored = 0
  for (const [round, size] of SIZES.entries()) {
    await grow(store, company, conversationId, { from: stored, to: size })
    stored = size
    const at = AT + (round + 1) * DAY
    await store.run("signRelay", { relayId: "re_seed" }, at - SECOND)
    const ways = await waysOf(store, company, at)
    // Once each before it counts, so that both sizes are measured warm.
    await inParallel(1, 1, async () => {
      for (const way of Object.values(ways)) await way(-1)
    })
    for (const [name, way] of Object.entries(ways)) {
      const times = found.get(name) ?? []
      times.push(await timeOf(way))
      found.set(name, times)
    }
  }
  return found
}

export const growth = async (): Promise<Result> => {
  const stores = await onBoth(measure)
  return {
    name: "growth",
    title: "Growth",
    how: `What a way costs with ${SIZES.map((size) => size.toLocaleString("en")).join(" and with ")} conversations of one account stored, with their messages, verdicts, events, mails and words: median of ${TIMES} one after the other, each answered once it is on disk. GROWTH=1000000 for a million.`,
    columns: ["store", "way", ...SIZES.map((size) => `${size.toLocaleString("en")}, ms`), "ratio"],
    rows: stores.flatMap(({ store, found }) =>
      [...found].map(([way, [small = 0, large = 0]]) => [
        store,
        way,
        rounded(small, 2),
        rounded(large, 2),
        rounded(large / small, 2),
      ]),
    ),
  }
}
