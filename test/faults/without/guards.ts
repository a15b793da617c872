/** What the relay's source says, and what it says without the guard. */
interface Cut {
  file: string
  is: string
  becomes: string
}

/** For how long what was there counts as there, and nothing is mailed, after a time without any relay. */
export const HELD_SECONDS = 12

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
    file: "relay/mail/smtp-client/connection.ts",
    is: "export const DOT_PATIENCE: Millis = 10 * MINUTE",
    becomes: "export const DOT_PATIENCE: Millis = 8_000",
  },
  {
    file: "relay/rules/presence.ts",
    is: "const HOLD_AFTER_GAP: Millis = 60 * SECOND",
    becomes: `const HOLD_AFTER_GAP: Millis = ${HELD_SECONDS} * SECOND`,
  },
  {
    file: "relay/clock.ts",
    is: "const MACHINE: Machine = { says: () => Date.now(),",
    becomes: "const MACHINE: Machine = { says: () => Date.now() + (globalThis as any).machineClockMoved,",
  },
]

/** Guards of the relay, and how it looks without each. */
export const GUARDS = {
  "an answer only after the commit": [
    {
      file: "relay/live/visitors.ts",
      is: `const { conversationId, message } = await store.run("takeVisitorMessage", input, clock.now())`,
      becomes: `of.line.send({ type: "ack", key, message: { seq: 1, text } as any })
    await new Promise((resolve) => setTimeout(resolve, 300))
    const { conversationId, message } = await store.run("takeVisitorMessage", input, clock.now())`,
    },
  ],
  "a message is known again by its key": [
    {
      file: "relay/actions/visitor-message.ts",
      is: "const known = await messageByVisitorKey(tx, account.id, visitor.id, given.key)",
      becomes: "const known = null as any; given = { ...given, key: crypto.randomUUID() }",
    },
  ],
  "a mail has one Message-ID for good": [
    {
      file: "relay/work/attempt.ts",
      is: "const { domain, toAddress, messageId, createdAt } = claim",
      becomes:
        "const { domain, toAddress, createdAt } = claim; const messageId = '<' + crypto.randomUUID() + '@' + domain + '>'",
    },
  ],
  "what the disk does not take is not said to be stored": [
    {
      file: "relay/store/sqlite-runner.ts",
      is: "    commit.run()\n",
      becomes:
        "    try {\n      commit.run()\n    } catch {\n      if (db.inTransaction) rollback.run()\n    }\n",
    },
  ],
  "a mail to the operator is answered when its file is whole": [
    {
      file: "relay/smtp/postmaster.ts",
      is: "      throw error instanceof Refusal ? error : asRefusal(error, folder)\n",
      becomes: `      return ""\n`,
    },
  ],
  "a commit is written through when it is answered": [
    {
      file: "relay/store/sqlite-file.ts",
      is: `db.pragma("synchronous = FULL")`,
      becomes: `db.pragma("synchronous = NORMAL")`,
    },
  ],
  "who was cut off looks at what happened meanwhile": [
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
  "a line that says nothing is given up": [
    {
      file: "relay/store/postgres.ts",
      is: "for (const client of open) lineOf(client).destroy()",
      becomes: "",
    },
  ],
  "what was at the other end of a dead line is ended": [
    {
      file: "relay/store/postgres-watch.ts",
      is: "      await endOrphans(client)\n",
      becomes: "",
    },
  ],
  "a mail that is being sent is nobody else's": [
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
  "a claim ends with its lease": [
    {
      file: "relay/store/claims.ts",
      is: `    .set({ state: "queued", claimed_by: null, claimed_until: null, next_at: now })
    .where("state", "=", "sending")`,
      becomes: `    .set({ state: "queued", claimed_by: null, claimed_until: null, next_at: now })
    .where("state", "=", "queued")`,
    },
  ],
  "who ends waits for what is under way": [
    { file: "relay/cli/serve.ts", is: "    await relay.stop()\n", becomes: "    process.exit(EXIT.ok)\n" },
  ],
  "the relay's clock never goes back": [
    {
      file: "relay/clock.ts",
      is: "time += passed - (ahead > 0 ? Math.min(ahead, passed * SLOWER) : ahead)",
      becomes: "time += passed - ahead",
    },
  ],
  "after a gap nothing is decided before it is made good for": [
    {
      file: "relay/actions/enter.ts",
      is: "return sign !== null && tx.now - sign > RELAY_GAP",
      becomes: "return false",
    },
  ],
  "who was there before a gap is held": [
    {
      file: "relay/actions/relay.ts",
      is: "const next = afterGap(facts, sign, tx.now, account.grace_ms)",
      becomes: "const next = facts",
    },
  ],
  "what fell due in a gap waits for who comes back": [
    {
      file: "relay/actions/relay.ts",
      is: "  await moveDue(tx, account.id, until)\n",
      becomes: "",
    },
  ],
  "a 4xx is for now": [
    { file: "relay/rules/delivery.ts", is: "  code >= 500 &&\n", becomes: "  code >= 400 &&\n" },
  ],
  "a 5xx is for good": [
    { file: "relay/rules/delivery.ts", is: "  code >= 500 &&\n", becomes: "  code >= 600 &&\n" },
  ],
  "a server that says nothing is given up on": [
    {
      file: "relay/mail/smtp-client/pool.ts",
      is: `deadline = setTimeout(() => giveUp("no answer to the mail", "dot"), dotMs)`,
      becomes: "",
    },
    {
      file: "relay/mail/smtp-client/talk.ts",
      is: "const onSilence = (): void => lose(",
      becomes: "const onSilence = (): void => void (",
    },
  ],
  "each recipient of a mail is settled alone": [
    {
      file: "relay/store/claims.ts",
      is: `      settled_at: given.at,
    })
    .where("account_id", "=", given.accountId)
    .where("id", "=", given.id)
    .where("state", "=", "sending")
    .where("claimed_by", "=", given.owner)
    .where("attempts", "=", given.attempt)
`,
      becomes: `      settled_at: given.at,
    })
    .where("account_id", "=", given.accountId)
    .where("mail_id", "in", (eb) =>
      eb.selectFrom("deliveries as one").select("one.mail_id").where("one.id", "=", given.id))
`,
    },
  ],
  "a mail that cannot be read stands in nobody's way": [
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
} as const satisfies Record<string, readonly Cut[]>

export type GuardName = keyof typeof GUARDS

/** Everything that is changed where a guard is taken out; only the haste for "". Throws for a name that is none. */
export const cutsOf = (name: string): readonly Cut[] => {
  if (name === "") return HASTE
  if (!Object.hasOwn(GUARDS, name)) throw new Error(`there is no guard “${name}”`)
  return [...HASTE, ...GUARDS[name as GuardName]]
}
