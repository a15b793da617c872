import type { Page } from "playwright-core"
import { afterAll, beforeAll, expect, it } from "vitest"
import { type Company, startRelay, type TestRelay } from "../kit/relay.ts"
import { type SinkMail, type SmtpSink, startSmtpSink } from "../kit/smtp-sink.ts"
import { until } from "../kit/until.ts"
import { boxOf, launcher, startVisits, type Visits, write } from "./visits.ts"

/**
 * A conversation that was missed: somebody is at the desk, the visitor writes and leaves. On the machine's own
 * clock, as *left* is a minute without a return, with all that may look like leaving beside it.
 */

let visits: Visits
let sink: SmtpSink
let relay: TestRelay
let company: Company
let shop: string

beforeAll(async () => {
  visits = await startVisits()
  sink = await startSmtpSink()
  relay = await startRelay({ pages: visits.pages, outbound: `smtp://127.0.0.1:${sink.port}` })
  company = await relay.setUp({ wait: 1 })
  shop = await visits.site(relay, company.siteKey)
})
afterAll(async () => {
  await relay?.stop()
  await sink?.close()
  await visits?.close()
})

/** A mail with its long lines in one piece. */
const textOf = (mail: SinkMail): string => mail.raw.toString().replace(/=\r\n|\r\n(?=[ \t])/g, "")

const mails = (): SinkMail[] => sink.mails.filter(({ to }) => to.includes(company.address))

const talk = async (text: string): Promise<Page> => {
  const page = await visits.visit(await visits.person(), shop)
  await launcher(page).click()
  await write(page, text)
  return page
}

/** What the relay decided about the message with this text, by kind. */
const verdicts = async (text: string): Promise<Record<string, string>> => {
  const now = relay.clock.now()
  const who = { accountId: company.accountId, agentId: company.agentId }
  const { conversations } = await relay.store.run(
    "listConversations",
    { ...who, list: "all", limit: 20 },
    now,
  )
  const id = conversations.find(({ excerpt }) => excerpt === text)!.id
  const view = await relay.store.run("readConversation", { ...who, conversationId: id }, now)
  return Object.fromEntries(view.verdicts.map(({ kind, reason }) => [kind, reason.code]))
}

it("the notice of it goes out a minute after the visitor left, and to nobody who only changed pages", async () => {
  const desk = await visits.desk(relay, company.address, async () => {
    const mail = await until("a code", () => mails()[0])
    return /^Subject:.*?(\d{6})/im.exec(textOf(mail))![1]!
  })
  const leaves = await talk("I cannot wait any longer")
  await boxOf(leaves).getByText("Somebody is here").waitFor()
  const reloads = await talk("I look at another page")
  const twice = await talk("I have two tabs")
  const drops = await talk("My train is in a tunnel")
  const joined = await talk("Somebody talks to me")
  const second = await visits.visit(twice.context(), shop)

  await desk.getByText("Somebody talks to me").first().click()
  await desk.getByRole("button", { name: "Join" }).click()
  await desk.getByRole("button", { name: "Hand back" }).waitFor()

  // All of them within the same second, and what is no leaving comes back after some.
  await Promise.all([leaves.close(), twice.close(), joined.close(), reloads.goto("about:blank")])
  const left = performance.now()
  await drops.context().setOffline(true)
  await boxOf(drops).getByText("No connection").waitFor()
  await drops.context().setOffline(false)
  await boxOf(drops).getByText("No connection").waitFor({ state: "detached" })
  await reloads.goto(shop)
  await boxOf(reloads).getByText("I look at another page").waitFor()

  const notice = await until(
    "the notice",
    () => mails().find((mail) => textOf(mail).includes("I cannot wait any longer")),
    90_000,
  )
  expect(performance.now() - left).toBeGreaterThan(58_000)
  expect(textOf(notice)).toMatch(/^From: .*<r-[a-z2-7]{26}@porchlight\.localhost>/im)
  expect(await verdicts("I cannot wait any longer")).toMatchObject({
    offline: expect.any(String),
    missed: expect.stringMatching(/^(sent-to|delivered)$/),
  })
  await until(
    "the one who was joined",
    async () => (await verdicts("Somebody talks to me")).missed !== "waiting",
  )
  const texts = mails().map(textOf).join("\n")
  for (const text of [
    "I look at another page",
    "I have two tabs",
    "My train is in a tunnel",
    "Somebody talks to me",
  ])
    expect(texts, text).not.toContain(text)

  await second.close()
  expect(visits.errors).toEqual([])
})
