import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { MINUTE } from "../../shared/words/time.ts"
import { startRelayProcess } from "../kit/relay-process.ts"
import { type SinkMail, type SmtpSink, startSmtpSink } from "../kit/smtp-sink.ts"
import { messageIdOf, replyPartOf } from "../kit/sunk-mail.ts"
import { until } from "../kit/until.ts"
import { type Result, rate } from "./result.ts"
import {
  AGENT,
  inParallel,
  MAIL_DOMAIN,
  openSeeded,
  passTime,
  seedAnswers,
  seedCompany,
  visitorAddress,
} from "./seed.ts"
import { openSource } from "./smtp-source.ts"

/** Sessions, and how many mails go through in each case. */
const CASES = [
  { sessions: 1, mails: 300 },
  { sessions: 10, mails: 1500 },
  { sessions: 50, mails: 1500 },
]
const TOTAL = CASES.reduce((sum, { mails }) => sum + mails, 0)
/** Body of an incoming mail, bytes. */
const BODY = 2000

const LINE = "It stands on the shelf by the window, next to the brass one from Brno."
const body = `${LINE}\r\n`.repeat(Math.ceil(BODY / (LINE.length + 2)))

const letter = (from: string, to: string, n: number, inReplyTo: string): string =>
  [
    `From: Visitor <${from}>`,
    `To: <${to}>`,
    "Subject: Re: Your question",
    `Message-ID: <bench-${n}@visitors.example>`,
    `In-Reply-To: ${inReplyTo}`,
    "MIME-Version: 1.0",
    "Content-Type: text/plain; charset=utf-8",
    "",
    `And lamp ${n}, is it dimmable?`,
    body,
  ].join("\r\n")

interface Run {
  acceptMs: number
  throughMs: number
}

/** Answers so many mails with so many sessions; until the last 250, and until the sink has a notice for each. */
const answerAll = async (
  port: number,
  sink: SmtpSink,
  answered: SinkMail[],
  sessions: number,
): Promise<Run> => {
  const notices = (): number => sink.mails.filter(({ to }) => to.includes(AGENT)).length
  const before = notices()
  const started = performance.now()
  const sources = await Promise.all(Array.from({ length: sessions }, () => openSource(port)))
  const idle = [...sources]
  await inParallel(answered.length, sessions, async (n) => {
    const mail = answered[n]
    const source = idle.pop()
    if (!mail || !source) throw new Error("more lanes than sessions")
    const to = `${replyPartOf(mail)}@${MAIL_DOMAIN}`
    const from = mail.to[0] ?? ""
    await source.send(from, to, letter(from, to, Number(/\d+/.exec(from)?.[0]), messageIdOf(mail)))
    idle.push(source)
  })
  const acceptMs = performance.now() - started
  for (const source of sources) source.quit()
  await until("the last notice is at the sink", () => notices() >= before + answered.length, 120_000)
  return { acceptMs, throughMs: performance.now() - started }
}

export const mail = async (): Promise<Result> => {
  const folder = mkdtempSync(path.join(tmpdir(), "porchlight-bench-"))
  const sink = await startSmtpSink()
  const now = Date.now()
  const past = now - 5 * MINUTE
  const store = await openSeeded(folder)
  // Nobody is to be told of the questions, which are answered at once; of what comes later, without delay.
  const company = await seedCompany(store, past, 2 * MINUTE)
  await seedAnswers(store, company, TOTAL, past)
  await store.run("setAccount", { accountId: company.accountId, waitMs: 0 }, past + 2 * MINUTE)
  await passTime(store, past, Date.now())
  await store.close()

  const relay = await startRelayProcess({
    data: folder,
    env: { PORCHLIGHT_MAIL_DOMAIN: MAIL_DOMAIN, PORCHLIGHT_OUTBOUND: `smtp://127.0.0.1:${sink.port}` },
  })
  try {
    // The queue that was there at the start: how fast it empties.
    await until("the first mail of the queue", () => sink.mails.length > 0, 60_000)
    const out = performance.now()
    const first = sink.mails.length
    await until("the queue is empty", () => sink.mails.length >= TOTAL, 120_000)
    const outMs = performance.now() - out
    const answers = sink.mails.filter(({ to }) => to[0]?.startsWith(visitorAddress(0).slice(0, 7)))

    const rows: (string | number)[][] = [
      ["queue out (answers to visitors)", "–", TOTAL, "–", rate(TOTAL - first, outMs)],
    ]
    for (const { sessions, mails } of CASES) {
      const run = await answerAll(relay.ports.smtp, sink, answers.splice(0, mails), sessions)
      rows.push([
        "mail in → stored, posted → notice out",
        sessions,
        mails,
        rate(mails, run.acceptMs),
        rate(mails, run.throughMs),
      ])
    }
    return {
      name: "mail",
      title: "Mail",
      how: `Visitors answer by mail (${BODY / 1000} kB): each is committed, parsed, posted in its conversation and judged, and a signed notice goes to the agent through a smarthost that only counts. accepted/s: until the last 250; through/s: until the last notice is at the smarthost. Source and smarthost share the cores with the relay.`,
      columns: ["what", "sessions", "mails", "accepted/s", "through/s"],
      rows,
    }
  } finally {
    await relay.stop()
    await sink.close()
    rmSync(folder, { recursive: true, force: true })
  }
}
