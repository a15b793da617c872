/** What the relay's source says, and what it says without the guard. */
interface Cut {
  file: string
  is: string
  becomes: string
}

/** With the guard and without it: pauses of a minute are seconds here, and the machine's clock can be moved. */
const HASTE: readonly Cut[] = [
  { file: "relay/work/deliver.ts", is: "const LEASE = 60 * SECOND", becomes: "const LEASE = 4 * SECOND" },
  {
    file: "relay/work/deliver.ts",
    is: "const RENEW_EVERY = 20 * SECOND",
    becomes: "const RENEW_EVERY = 1 * SECOND",
  },
  {
    file: "relay/work/deliver.ts",
    is: "const LATEST_START = 12 * SECOND",
    becomes: "const LATEST_START = 1 * SECOND",
  },
  {
    file: "relay/rules/delivery.ts",
    is: "const RETRY_AFTER: readonly Millis[] = [\n  MINUTE,",
    becomes:
      "const RETRY_AFTER: readonly Millis[] = [1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000,\n  MINUTE,",
  },
  {
    file: "relay/clock.ts",
    is: "const MACHINE: Machine = { says: () => Date.now(),",
    becomes: "const MACHINE: Machine = { says: () => Date.now() + (globalThis as any).machineClockMoved,",
  },
]

/** A guard of the relay, and how it looks without. */
export interface Guard {
  /** The row of "Nothing lost" that it stands for. */
  row: string
  cuts: readonly Cut[]
}

export const GUARDS = {
  "an answer only after the commit": {
    row: "kill -9",
    cuts: [
      {
        file: "relay/live/visitors.ts",
        is: `const { conversationId, message } = await store.run("takeVisitorMessage", input, clock.now())`,
        becomes: `of.line.send({ type: "ack", key, message: { seq: 1, text } as any })
    await new Promise((resolve) => setTimeout(resolve, 300))
    const { conversationId, message } = await store.run("takeVisitorMessage", input, clock.now())`,
      },
    ],
  },
  "a message is known again by its key": {
    row: "kill -9",
    cuts: [
      {
        file: "relay/actions/visitor-message.ts",
        is: "const known = await messageByVisitorKey(tx, account.id, visitor.id, given.key)",
        becomes: "const known = null as any; given = { ...given, key: crypto.randomUUID() }",
      },
    ],
  },
  "a mail has one Message-ID for good": {
    row: "next server: drop after dot",
    cuts: [
      {
        file: "relay/work/attempt.ts",
        is: "const { domain, toAddress, messageId, createdAt } = claim",
        becomes:
          "const { domain, toAddress, createdAt } = claim; const messageId = '<' + crypto.randomUUID() + '@' + domain + '>'",
      },
    ],
  },
  "what the disk does not take is not said to be stored": {
    row: "disk full, file size limit, fsync error",
    cuts: [
      {
        file: "relay/store/sqlite-runner.ts",
        is: "    commit.run()\n",
        becomes:
          "    try {\n      commit.run()\n    } catch {\n      if (db.inTransaction) rollback.run()\n    }\n",
      },
    ],
  },
  "who was cut off looks at what happened meanwhile": {
    row: "PostgreSQL: all its connections killed",
    cuts: [
      {
        file: "relay/store/postgres-watch.ts",
        is: "      await look(client)\n      await measure(client)",
        becomes: "      await measure(client)",
      },
      {
        file: "relay/store/postgres-watch.ts",
        is: "const LOOK_EVERY: Millis = 10 * SECOND",
        becomes: "const LOOK_EVERY: Millis = Number.POSITIVE_INFINITY",
      },
    ],
  },
  "a mail that is being sent is nobody else's": {
    row: "one of two relays",
    cuts: [
      {
        file: "relay/store/claims.ts",
        is: `        state: "sending",
        claimed_by: owner,
        claimed_until: until,
        next_at: until,
        attempts:`,
        becomes: "        attempts:",
      },
    ],
  },
  "a claim ends with its lease": {
    row: "one of two relays killed in mid-work",
    cuts: [
      {
        file: "relay/store/claims.ts",
        is: `    .set({ state: "queued", claimed_by: null, claimed_until: null, next_at: now })
    .where("state", "=", "sending")`,
        becomes: `    .set({ state: "queued", claimed_by: null, claimed_until: null, next_at: now })
    .where("state", "=", "queued")`,
      },
    ],
  },
  "who ends waits for what is under way": {
    row: "SIGTERM under load",
    cuts: [
      { file: "relay/cli/serve.ts", is: "    await relay.stop()\n", becomes: "    process.exit(EXIT.ok)\n" },
    ],
  },
  "the relay's clock never goes back": {
    row: "clock jumps",
    cuts: [
      {
        file: "relay/clock.ts",
        is: "time += passed - (ahead > 0 ? Math.min(ahead, passed * SLOWER) : ahead)",
        becomes: "time += passed - ahead",
      },
    ],
  },
  "a 4xx is for now": {
    row: "next server: 4xx, greylisting",
    cuts: [{ file: "relay/rules/delivery.ts", is: "  code >= 500 &&\n", becomes: "  code >= 400 &&\n" }],
  },
  "a 5xx is for good": {
    row: "next server: 5xx, partial recipients",
    cuts: [{ file: "relay/rules/delivery.ts", is: "  code >= 500 &&\n", becomes: "  code >= 600 &&\n" }],
  },
  "a mail that cannot be read stands in nobody's way": {
    row: "a poison message",
    cuts: [
      {
        file: "relay/actions/deliveries.ts",
        is: `  try {
    return JSON.parse(kept) as QueuedMail
  } catch {
    return null
  }`,
        becomes: "  return JSON.parse(kept) as QueuedMail",
      },
    ],
  },
} as const satisfies Record<string, Guard>

export type GuardName = keyof typeof GUARDS

/** Everything that is changed where a guard is taken out; only the haste for "". Throws for a name that is none. */
export const cutsOf = (name: string): readonly Cut[] => {
  if (name === "") return HASTE
  if (!Object.hasOwn(GUARDS, name)) throw new Error(`there is no guard “${name}”`)
  const { cuts } = GUARDS[name as GuardName]
  return [...HASTE, ...cuts]
}
