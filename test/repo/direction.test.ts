import { expect, test } from "vitest"
import { ownImports, product, read } from "./source.ts"

/**
 * Imports point one way (ARCHITECTURE.md): edges → actions → rules + store, rules → shared, shared → nothing
 * of ours, browsers → shared. Types count as well as values: a layer that knows another's types knows it.
 */
const ALLOWED: Record<string, string[]> = {
  shared: ["shared"],
  extension: ["extension", "shared"],
  "relay/chatbox": ["relay/chatbox", "shared"],
  // The look of a chat box is chosen beside the box itself.
  "relay/pages": ["relay/pages", "relay/chatbox", "shared"],
  "relay/rules": ["relay/rules", "shared"],
  "relay/store": ["relay/store", "relay/clock.ts", "relay/give-back.ts", "shared"],
  // What a mail is written from is decided by an action and frozen with it.
  "relay/actions": [
    "relay/actions",
    "relay/rules",
    "relay/store",
    "relay/mail/content.ts",
    "relay/mail/dkim-keys.ts",
    "relay/mail/addresses.ts",
    "relay/mail/auth-result.ts",
    "relay/mail/bounce-token.ts",
    "relay/mail/sender-proof.ts",
    "relay/mail/facts.ts",
    "relay/mail/subject.ts",
    "shared",
  ],
  "relay/mail": ["relay/mail", "relay/rules", "relay/log.ts", "shared"],
}

/** The edges: they call actions, and know nothing of each other or of the tables. */
const EDGE = [
  "relay/actions",
  "relay/rules",
  "relay/store/store.ts",
  "relay/mail",
  "shared",
  "relay/clock.ts",
  "relay/log.ts",
  "relay/config.ts",
  "relay/settings",
  "relay/house.ts",
  "relay/metrics.ts",
  "relay/networks.ts",
  "relay/outside.ts",
  "relay/scrub.ts",
  "relay/zip.ts",
  "relay/rates.ts",
  "relay/shared-limits.ts",
]
for (const edge of ["relay/http", "relay/live", "relay/smtp", "relay/work"]) ALLOWED[edge] = [edge, ...EDGE]

// One edge in two folders: sockets are opened by requests, and a beat is the same by either.
ALLOWED["relay/http"]?.push("relay/live")
ALLOWED["relay/live"]?.push("relay/http")

/** Known by its shape only: the store reads rows into the facts that rules ask for. */
const TYPES_ALLOWED: Record<string, string[]> = { "relay/store": ["relay/rules"] }

const within = (file: string, folder: string): boolean => file === folder || file.startsWith(`${folder}/`)

/** Layers that a file belongs to; the wiring (main, build, cli, config, …) belongs to none and may know all. */
const layerOf = (file: string): string | undefined =>
  Object.keys(ALLOWED)
    .filter((layer) => within(file, layer))
    .sort((a, b) => b.length - a.length)[0]

const wrongWay = (file: string, code: string): string[] => {
  const layer = layerOf(file)
  const allowed = layer === undefined ? undefined : ALLOWED[layer]
  if (!allowed) return []
  const types = TYPES_ALLOWED[layer ?? ""] ?? []
  return ownImports(file, code)
    .filter(({ target }) => !allowed.some((folder) => within(target, folder)))
    .filter(({ target, type }) => !(type && types.some((folder) => within(target, folder))))
    .map(({ target }) => target)
    .map((target) => `${file} imports ${target}`)
}

test("imports point one way", () => {
  expect(product().flatMap((file) => wrongWay(file, read(file)))).toEqual([])
})

test("nothing of ours is imported from tests or scripts", () => {
  const upward = product().flatMap((file) =>
    ownImports(file, read(file))
      .map(({ target }) => target)
      .filter((target) => /^(test|scripts|try)\//.test(target))
      .map((target) => `${file} imports ${target}`),
  )
  expect(upward).toEqual([])
})

test.each([
  ["relay/rules/light.ts", 'import type { Db } from "../store/store.ts"'],
  ["shared/words/ids.ts", 'import { on } from "../../relay/rules/light.ts"'],
  ["extension/background/beat.ts", 'export * from "../../relay/clock.ts"'],
  ["relay/http/routes.ts", 'const { x } = await import("../store/conversations.ts")'],
  ["relay/store/outbox.ts", 'import "../actions/index.ts"'],
  ["relay/store/outbox.ts", 'import { backOff } from "../rules/delivery.ts"'],
])("an import the wrong way is noticed: %s", (file, code) => {
  expect(wrongWay(file, code)).toHaveLength(1)
})

test("a comment is no import", () => {
  expect(
    wrongWay("relay/rules/light.ts", '// not from "../store/store.ts"\n/* import "../http/a.ts" */'),
  ).toEqual([])
})
