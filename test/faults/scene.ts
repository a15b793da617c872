import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import Database from "better-sqlite3"
import pg from "pg"
import { expect, inject } from "vitest"
import { freePorts } from "../kit/ports.ts"
import { type RelayProcess, startRelayProcess } from "../kit/relay-process.ts"
import { type SmtpSink, startSmtpSink } from "../kit/smtp-sink.ts"
import type { StoreKind } from "../kit/stores.ts"

export const MAIL_DOMAIN = "porchlight.example"

/** A relay that ends and comes back in the same place, with the next hop of its mails. */
export interface Scene {
  folder: string
  sink: SmtpSink
  start(): Promise<RelayProcess>
  /** Another relay on the same PostgreSQL, in another place. */
  startSecond(): Promise<RelayProcess>
  /** Texts of all messages in the store, read past the relay. */
  stored(): Promise<string[]>
  /** Mails that have failed: the parts of their envelope senders behind `b-` that tell them apart. */
  failed(): Promise<string[]>
  /** The column `text` of a statement, read past the relay. */
  read(statement: string): Promise<string[]>
  /** What relays that died had claimed is given back now, as if the minute of their leases had passed. */
  endLeases(): Promise<void>
  remove(): Promise<void>
}

const LEASES_OF_THE_DEAD = `UPDATE deliveries SET claimed_until = 0, next_at = 0
  WHERE state = 'sending' AND claimed_by NOT IN (SELECT id FROM relays ORDER BY started_at DESC LIMIT 1)`

export const createScene = async (
  kind: StoreKind,
  folder = mkdtempSync(path.join(tmpdir(), "porchlight-kill-")),
  /** A PostgreSQL other than the one that all suites share. */
  server = kind === "postgres" ? inject("postgresUrl") : "",
): Promise<Scene> => {
  const sink = await startSmtpSink()
  const [http = 0, smtp = 0, http2 = 0, smtp2 = 0] = await freePorts(4)
  const database = `kill_${crypto.randomUUID().replaceAll("-", "")}`
  const administer = async (statement: string, name = "postgres"): Promise<{ text: string }[]> => {
    const url = server.replace(/\/postgres$/, `/${name}`)
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    try {
      return (await client.query<{ text: string }>(statement)).rows
    } finally {
      await client.end()
    }
  }
  const env: Record<string, string> = {
    PORCHLIGHT_MAIL_DOMAIN: MAIL_DOMAIN,
    PORCHLIGHT_OUTBOUND: `smtp://127.0.0.1:${sink.port}`,
    PORCHLIGHT_VISITOR_RATE: "1000",
  }
  if (kind === "postgres") {
    await administer(`CREATE DATABASE ${database} TEMPLATE template0`)
    env.PORCHLIGHT_DATABASE_URL = server.replace(/\/postgres$/, `/${database}`)
  }
  const fromFile = (statement: string): { text: string }[] => {
    const db = new Database(path.join(folder, "porchlight.db"), { readonly: true })
    try {
      expect(db.pragma("integrity_check", { simple: true })).toBe("ok")
      return db.prepare(statement).all() as { text: string }[]
    } finally {
      db.close()
    }
  }
  const texts = async (statement: string): Promise<string[]> =>
    (kind === "sqlite" ? fromFile(statement) : await administer(statement, database)).map(({ text }) => text)
  return {
    folder,
    sink,
    start: () => startRelayProcess({ data: folder, ports: { http, smtp }, env }),
    startSecond: () =>
      startRelayProcess({ data: path.join(folder, "second"), ports: { http: http2, smtp: smtp2 }, env }),
    stored: () => texts("SELECT text FROM messages"),
    failed: () => texts("SELECT substr(id, 4) AS text FROM deliveries WHERE state = 'failed'"),
    read: texts,
    endLeases: async () => {
      if (kind === "postgres") {
        await administer(LEASES_OF_THE_DEAD, database)
        return
      }
      const db = new Database(path.join(folder, "porchlight.db"), { timeout: 5_000 })
      db.exec(LEASES_OF_THE_DEAD)
      db.close()
    },
    remove: async () => {
      await sink.close()
      if (kind === "postgres") await administer(`DROP DATABASE ${database} WITH (FORCE)`)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
