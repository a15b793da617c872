import { createWriteStream, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs"
import path from "node:path"
import { Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import type { AccountId } from "../../shared/words/ids.ts"
import { bytesOf, type ExportFile, type ExportPlace } from "../actions/export.ts"
import { whoseOf } from "../actions/persons.ts"
import { EXIT, StartError } from "../start-error.ts"
import { zipOf } from "../zip.ts"
import {
  type Command,
  type Io,
  type Opened,
  onlyOne,
  pickVerb,
  readArgs,
  UsageError,
  withStore,
} from "./command.ts"
import { printDone } from "./print.ts"
import { findAccount, findAgent, required } from "./values.ts"

/** `porchlight export`: copies of data to hand out. */
export const exportData: Command = {
  name: "export",
  summary: "what is stored of a visitor, an agent or a whole account, as files",
  help: `usage: porchlight export visitor ADDRESS|ID --to FILE.zip|FOLDER [--account ACCOUNT] [--json]
       porchlight export agent AGENT --to FILE.zip|FOLDER [--json]
       porchlight export account [ACCOUNT] --to FILE.jsonl [--json]

visitor: who they are, each conversation as text and JSON, attachments, original mails. agent: profile, devices, what
they wrote and changed. account: every row of every table as a line of JSON with its table, bytes in base64; without
passwords, tokens and keys. The log of changes says that it was exported, not whose it was. ADDRESS is one that
the visitor left or wrote from; what is there already is not written over.

examples:
  porchlight export visitor eve@example.org --to eve.zip
  porchlight export account --to lamps.jsonl`,
  run: (args, io) => pickVerb(args, { visitor, agent, account })(io),
}

const OPTIONS = {
  to: { type: "string" },
  account: { type: "string" },
  json: { type: "boolean", default: false },
} as const

const visitor = (args: string[], io: Io) => {
  const { values, positionals } = readArgs(args, OPTIONS)
  const whose = whoseOf(onlyOne(positionals, "visitor"))
  const to = free(required("to", values.to))
  return withStore(io, async (opened) => {
    const accountId = await findAccount(opened, values.account)
    const { files } = await opened.store.run("exportPerson", { accountId, whose }, opened.clock.now())
    return write(io, values.json, to, { files, accountId, opened })
  })
}

const agent = (args: string[], io: Io) => {
  const { values, positionals } = readArgs(args, { to: OPTIONS.to, json: OPTIONS.json })
  const who = onlyOne(positionals, "agent")
  const to = free(required("to", values.to))
  return withStore(io, async (opened) => {
    const ids = await findAgent(opened, who)
    const { files } = await opened.store.run("exportAgent", ids, opened.clock.now())
    return write(io, values.json, to, { files, accountId: ids.accountId, opened })
  })
}

const account = (args: string[], io: Io) => {
  const { values, positionals } = readArgs(args, { to: OPTIONS.to, json: OPTIONS.json })
  const which = positionals.length === 0 ? undefined : onlyOne(positionals, "account")
  const to = free(required("to", values.to))
  return withStore(io, async (opened) => {
    const accountId = await findAccount(opened, which)
    const rows = await writeRows(opened, accountId, to)
    printDone(io, values.json, { accountId, to, rows }, `Wrote ${rows} rows to ${to}.`)
    return EXIT.ok
  })
}

const writeRows = (opened: Opened, accountId: AccountId, to: string): Promise<number> =>
  wholly(to, async (part) => {
    let rows = 0
    const lines = async function* () {
      for await (const some of pagesOf(opened, accountId)) {
        rows += some.length
        yield some.map((line) => `${line}\n`).join("")
      }
    }
    await pipeline(Readable.from(lines()), createWriteStream(part, ONLY_OURS))
    return rows
  })

async function* pagesOf({ store, clock }: Opened, accountId: AccountId): AsyncGenerator<string[]> {
  let place: ExportPlace | null = (await store.run("beginExport", { accountId }, clock.now())).next
  while (place !== null) {
    const page: { lines: string[]; next: ExportPlace | null } = await store.run(
      "exportRows",
      { accountId, place },
      clock.now(),
    )
    yield page.lines
    place = page.next
  }
}

/** Only for this user: it is somebody's private life. On disk once it is said to be written. */
const ONLY_OURS = { flags: "wx", flag: "wx", mode: 0o600, flush: true } as const

interface Exported {
  files: readonly ExportFile[]
  accountId: AccountId
  opened: Opened
}

/** One file after the other: together they may be more than fits into memory. */
const write = async (io: Io, json: boolean, to: string, { files, accountId, opened }: Exported) => {
  const { store, clock } = opened
  const read = (file: ExportFile) =>
    bytesOf(file, (kept) => store.run("readKept", { accountId, kept }, clock.now(), "reading"))
  await wholly(to, async (part) => {
    if (to.endsWith(".zip"))
      return pipeline(Readable.from(zipOf(files, read)), createWriteStream(part, ONLY_OURS))
    for (const one of files) {
      const file = path.join(part, one.path)
      mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 })
      writeFileSync(file, await read(one), ONLY_OURS)
    }
  })
  printDone(io, json, { to, files: files.map((file) => file.path) }, `Wrote ${files.length} files to ${to}.`)
  return EXIT.ok
}

/** Writes beside it, and gives it its name once it is whole: what breaks off leaves nothing that looks like it. */
const wholly = async <Result>(to: string, work: (part: string) => Promise<Result>): Promise<Result> => {
  const part = `${path.resolve(to)}.${process.pid}.part`
  try {
    const result = await work(part)
    renameSync(part, free(to))
    return result
  } catch (error) {
    if (!(error instanceof Error && "syscall" in error)) throw error
    throw new StartError(
      EXIT.refused,
      `${to} could not be written (${error.message}): nothing is there.`,
      error,
    )
  } finally {
    rmSync(part, { recursive: true, force: true })
  }
}

const free = (to: string): string => {
  if (existsSync(to)) throw new UsageError(`--to “${to}”: there is something already: choose another name`)
  return to
}
