import { afterEach, beforeEach, describe, expect, test } from "vitest"
import type { HandClock } from "../../relay/clock.ts"
import type { ConversationView, UnsubscribeView } from "../../shared/protocol/views.ts"
import { MINUTE } from "../../shared/words/time.ts"
import { api } from "../kit/api.ts"
import { type Company, startRelay, type TestRelay, testClock } from "../kit/relay.ts"
import { STORES } from "../kit/stores.ts"
import { until } from "../kit/until.ts"
import { connectVisitor, ofType, type VisitorSocket } from "../kit/visitor-socket.ts"

/** Fields of a mail as it goes out, unfolded. */
const headerOf = (raw: string, name: string): string | null =>
  new RegExp(`^${name}: (.*)$`, "im").exec(raw.replace(/\r\n[ \t]+/g, " "))?.[1]?.trim() ?? null

describe.each(STORES)("switching notices off by their link on %s", (kind) => {
  let clock: HandClock
  let relay: TestRelay
  let company: Company
  let token: string
  let box: VisitorSocket

  beforeEach(async () => {
    clock = testClock()
    relay = await startRelay({ store: kind, clock })
    company = await relay.setUp()
    token = await relay.signIn()
    box = await connectVisitor({ ...relay, siteKey: company.siteKey })
    box.send({ type: "open", language: "en", zone: "Europe/Prague" })
    await box.push(ofType("you"))
  })
  afterEach(async () => {
    await box.close()
    await relay.stop()
  })

  const notices = async (): Promise<string[]> => {
    const key = { url: relay.url, key: relay.key }
    const { mails } = await api<{ mails: { id: string; kind: string }[] }>(key, "GET", "/api/mailbox")
    const ids = mails.filter((mail) => mail.kind === "offline-notice").map((mail) => mail.id)
    return Promise.all(
      ids.map(async (id) => (await api<{ raw: string }>(key, "GET", `/api/mailbox/${id}`)).raw),
    )
  }

  /** What a visitor writes while nobody is there, and the notices there are two minutes later. */
  const write = async (text: string): Promise<string[]> => {
    const key = crypto.randomUUID()
    box.send({ type: "write", key, text, page: null })
    await box.push(
      (push): push is Extract<typeof push, { type: "ack" }> => push.type === "ack" && push.key === key,
    )
    await relay.pass(2 * MINUTE + 1000)
    return until("it is decided", async () => {
      const { conversations } = await api<{ conversations: ConversationView[] }>(
        { ...relay, token },
        "GET",
        "/api/conversations?list=all",
      )
      const view = await api<ConversationView>(
        { ...relay, token },
        "GET",
        `/api/conversations/${conversations[0]?.id}`,
      )
      const codes = view.verdicts
        .filter(({ seq }) => seq === view.messages.at(-1)?.seq)
        .map(({ reason }) => reason.code)
      return codes.length > 0 && !codes.includes("waiting") && !codes.includes("sent-to") ? codes : null
    })
  }

  const link = async (): Promise<URL> => {
    const [raw = ""] = await until("the notice", async () => {
      const found = await notices()
      return found.length > 0 ? found : null
    })
    const field = headerOf(raw, "List-Unsubscribe")
    expect(headerOf(raw, "List-Unsubscribe-Post")).toBe("List-Unsubscribe=One-Click")
    expect(headerOf(raw, "DKIM-Signature")).toMatch(/h=[^;]*List-Unsubscribe-Post: List-Unsubscribe:/)
    return new URL(field?.slice(1, -1) ?? "")
  }

  const read = (url: URL) =>
    api<UnsubscribeView>({ ...relay }, "POST", "/api/unsubscribe/read", {
      token: url.pathname.split("/").at(-1),
    })

  test("a POST to the link stops them, as mail programs do it; looking at it changes nothing", async () => {
    expect(await write("Anybody in?")).toEqual(["captured"])
    const url = await link()
    expect((await fetch(url)).status).toBe(200)
    expect((await fetch(url, { method: "HEAD" })).status).toBe(200)
    expect(await read(url)).toMatchObject({ address: company.address, agents: ["Anna"], unreached: [] })
    expect(await write("Hello?")).toEqual(["captured"])

    const posted = await fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/x-www-form-urlencoded" },
      body: "List-Unsubscribe=One-Click",
    })
    expect([posted.status, await posted.text()]).toEqual([200, `No more notices go to ${company.address}.\n`])
    expect(await write("Is nobody there?")).toEqual(["notifications-off"])
    const off = await read(url)
    expect(off).toMatchObject({ agents: [], sentOn: [] })
    expect(off.unreached.map(({ kind: of }) => of)).toEqual(["offline", "missed"])
  })

  test("a general inbox is taken out, and the agents are written to again", async () => {
    const address = "info@lamplight.example"
    const owner = { kind: "account" as const, id: company.accountId }
    const admin = { url: relay.url, token }
    await api(admin, "POST", "/api/addresses", { address })
    const code = await until("the code", async () =>
      /\b\d{6}\b/.exec((await relay.mailsTo(address))[0] ?? ""),
    )
    await api(admin, "POST", "/api/addresses/confirm", { address, code: code[0] })
    await relay.store.run(
      "setRedirect",
      { accountId: company.accountId, by: "Anna", owner, redirect: { address, mode: "instead-of" } },
      clock.now(),
    )
    await write("Anybody in?")
    const url = await link()
    const { agents, sentOn } = await read(url)
    expect({ agents, sentOn }).toEqual({ agents: [], sentOn: [{ kind: "account", name: "Lamplight & Co" }] })
    await fetch(url, { method: "POST" })
    expect(await read(url)).toMatchObject({ agents: [], sentOn: [], unreached: [] })
    await write("Hello?")
    await until("a notice to Anna herself", async () =>
      (await relay.mailsTo(company.address)).some((text) => text.includes("Hello?")),
    )
  })

  test("a link that nobody was given is refused, and nothing changes", async () => {
    await write("Anybody in?")
    const url = await link()
    const last = url.pathname.at(-2) === "a" ? "b" : "a"
    const forged = new URL(`${url.pathname.slice(0, -2)}${last}${url.pathname.at(-1)}`, url)
    for (const address of [forged, new URL("/unsubscribe/nonsense", url)])
      expect((await fetch(address, { method: "POST" })).status).toBe(404)
    expect((await read(url)).agents).toEqual(["Anna"])
  })
})
