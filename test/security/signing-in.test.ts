import { afterEach, beforeEach, describe, expect, test } from "vitest"
import type { HandClock } from "../../relay/clock.ts"
import { HOUR, MINUTE } from "../../shared/words/time.ts"
import { ask, bearer } from "../http/kit.ts"
import { startRelay, type TestRelay, testClock } from "../kit/relay.ts"
import { STORES } from "../kit/stores.ts"

/** Guessing codes, and finding out who is an agent. */

const ANNA = "anna@lamplight.example"
const NOBODY = "nobody@lamplight.example"

describe.each(STORES)("signing in on %s", (kind) => {
  let clock: HandClock
  let relay: TestRelay
  let network = 0

  beforeEach(async () => {
    clock = testClock()
    relay = await startRelay({ store: kind, clock })
    await relay.setUp()
  })
  afterEach(() => relay.stop())

  /** Each from another network, so that only the limits of address and code are met. */
  const from = () => ({ "X-Forwarded-For": `198.51.${Math.floor(++network / 250)}.${(network % 250) + 1}` })
  const askCode = (address: string) => {
    // Mails have the order of their moments.
    clock.set(clock.now() + 1)
    return ask(relay, "POST", "/api/sign-in/code", { body: { address }, ...from() })
  }
  const tryCode = (address: string, code: string) =>
    ask(relay, "POST", "/api/sign-in", {
      body: { address, code, device: { kind: "tab", label: "Test" } },
      ...from(),
    })
  const codeIn = (text: string): string => /\b(\d{6})\b/.exec(text)?.[1] ?? ""
  const newestCode = async (): Promise<string> => codeIn((await relay.mailsTo(ANNA)).at(-1) ?? "")
  const other = (code: string, n: number): string => String((Number(code) + n) % 1_000_000).padStart(6, "0")

  const codesMailed = async (count: number): Promise<void> => {
    await expect.poll(async () => (await relay.mailsTo(ANNA)).length).toBe(count)
  }

  test("five wrong tries use a code up: the right one is no use then", async () => {
    await askCode(ANNA)
    await codesMailed(1)
    const code = await newestCode()
    for (let n = 1; n <= 5; n++) expect((await tryCode(ANNA, other(code, n))).status).toBe(401)
    expect((await tryCode(ANNA, code)).status).toBe(401)
  })

  test("four do not, and only the newest code counts, once, for ten minutes", async () => {
    await askCode(ANNA)
    await codesMailed(1)
    const first = await newestCode()
    await askCode(ANNA)
    await codesMailed(2)
    const code = await newestCode()
    if (first !== code) expect((await tryCode(ANNA, first)).status).toBe(401)
    for (let n = 1; n <= 3; n++) await tryCode(ANNA, other(code, n))
    expect((await tryCode(ANNA, code)).status).toBe(200)
    expect((await tryCode(ANNA, code)).status).toBe(401)
    await askCode(ANNA)
    await codesMailed(3)
    const late = await newestCode()
    clock.set(clock.now() + 10 * MINUTE + 1)
    expect((await tryCode(ANNA, late)).status).toBe(401)
  })

  test("ten codes an hour go to an address; those beyond are answered alike, and bring no mail", async () => {
    const answers: number[] = []
    for (let n = 0; n < 14; n++) answers.push((await askCode(ANNA)).status)
    expect(new Set(answers)).toEqual(new Set([204]))
    await codesMailed(10)
    clock.set(clock.now() + HOUR + 1)
    await askCode(ANNA)
    await codesMailed(11)
  })

  /** Medians of asking for two addresses in turn, ms. */
  const medians = async (
    one: () => Promise<unknown>,
    two: () => Promise<unknown>,
  ): Promise<[number, number]> => {
    const times: [number[], number[]] = [[], []]
    for (let n = 0; n < 30; n++) {
      for (const [which, run] of [one, two].entries()) {
        const from = performance.now()
        await run()
        times[which as 0 | 1].push(performance.now() - from)
      }
    }
    const middle = (all: number[]): number => all.sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? 0
    return [middle(times[0]), middle(times[1])]
  }
  /** What cannot be told from the noise of a network. */
  const alike = ([a, b]: [number, number]): boolean => Math.abs(a - b) < Math.max(4, Math.min(a, b) / 2)

  test("neither answer nor time tells whether an address is an agent's", async () => {
    // Past the tenth nothing is mailed, so that both are compared in the state that lasts.
    const asked = await medians(
      () => askCode(ANNA),
      () => askCode(NOBODY),
    )
    expect(alike(asked), `asked in ${asked} ms`).toBe(true)
    const tried = await medians(
      () => tryCode(ANNA, "000000"),
      () => tryCode(NOBODY, "000000"),
    )
    expect(alike(tried), `tried in ${tried} ms`).toBe(true)
    const [known, unknown] = [await tryCode(ANNA, "000000"), await tryCode(NOBODY, "000000")]
    expect([known.status, known.text]).toEqual([unknown.status, unknown.text])
  })

  test("and an address that takes twice as long would be seen", async () => {
    const [usual] = await medians(
      () => askCode(NOBODY),
      () => askCode(NOBODY),
    )
    const slow = () => new Promise((resolve) => setTimeout(resolve, 10 + usual)).then(() => askCode(NOBODY))
    expect(alike(await medians(() => askCode(NOBODY), slow))).toBe(false)
  })

  test("a token opens nothing once it is revoked, here and at the sockets", async () => {
    const token = await relay.signIn()
    expect((await ask(relay, "GET", "/api/toolbar", bearer(token))).status).toBe(200)
    await ask(relay, "POST", "/api/sign-out", { body: { unavailable: false }, ...bearer(token) })
    expect((await ask(relay, "GET", "/api/toolbar", bearer(token))).status).toBe(401)
    // Nor does what is nearly one.
    for (const wrong of ["", "x", token.slice(0, -1), `${token}A`, `${token} `, "undefined", "null"])
      expect((await ask(relay, "GET", "/api/toolbar", bearer(wrong))).status).toBe(401)
  })
})
