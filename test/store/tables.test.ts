import { readdirSync, readFileSync } from "node:fs"
import { describe, expect, test } from "vitest"
import { openTestStore, STORES } from "../kit/stores.ts"
import type { actions } from "./some-actions.ts"

const URL_OF_ACTIONS = new URL("./some-actions.ts", import.meta.url)

const STORE = new URL("../../relay/store/", import.meta.url)

/** Tables and columns as relay/store/tables.ts and the files beside it write them down. */
const written = (): Record<string, string[]> => {
  const source = readdirSync(STORE)
    .filter((name) => /^tables(-\w+)?\.ts$/.test(name))
    .map((name) => readFileSync(new URL(name, STORE), "utf8"))
    .join("\n")
  const bodyOf = (name: string): string => {
    const [, parent, body = ""] =
      new RegExp(`export interface ${name}(?: extends (\\w+))? \\{(.*?)^\\}`, "ms").exec(source) ?? []
    return parent === undefined ? body : `${bodyOf(parent)}${body}`
  }
  const fields = (body: string): RegExpExecArray[] => [...body.matchAll(/^ {2}(\w+): "?(\w+)/gm)]
  return Object.fromEntries(
    fields(bodyOf("Tables")).map(([, table = "", row = ""]) => [
      table,
      fields(bodyOf(row))
        .map(([, column = ""]) => column)
        .sort(),
    ]),
  )
}

describe.each(STORES)("the tables on %s", (kind) => {
  test("are those that the types say", async () => {
    const store = await openTestStore<typeof actions>(kind, URL_OF_ACTIONS)
    const found = await store.run("tables", {}, 0)
    await store.close()
    expect(Object.keys(written()).length).toBeGreaterThan(20)
    expect(found).toEqual(written())
  })
})
