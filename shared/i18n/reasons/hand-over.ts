import type { Language } from "../../words/nouns.ts"
import type { MailFacts } from "../../words/reasons.ts"
import type { Millis } from "../../words/time.ts"
import { momentIn } from "../formatter.ts"
import { blockListIn, namedIp, providerOf, queueIdOf } from "./mail-server.ts"
import { reasonWords } from "./words.ts"

/** What is known of a try, to tell a mail admin of. */
interface Tried {
  address: string
  answer: string
  server?: string | null
  at?: Millis
  mail?: MailFacts
}

/** A mail admin looks it up in logs of any zone: the zone is named. */
const atIn = (at: Millis, language: Language, zone: string | undefined): string => {
  const named = zone ?? new Intl.DateTimeFormat().resolvedOptions().timeZone
  return `${momentIn(at, language, named)} (${named})`
}

/** The facts by which a mail is found in the log of a mail server, one a line. */
const factLines = (tried: Tried, language: Language, zone: string | undefined): string[] => {
  const say = reasonWords(language)
  const { mail } = tried
  const answer = tried.answer.replace(/\s+/g, " ").trim()
  const queueId = queueIdOf(answer)
  return [
    ...(tried.at === undefined ? [] : [say("handOver.when", { at: atIn(tried.at, language, zone) })]),
    ...(tried.server ? [say("handOver.server", { server: tried.server })] : []),
    say("handOver.answer", { answer }),
    ...(queueId === null ? [] : [say("handOver.queueId", { queueId })]),
    ...(mail === undefined
      ? []
      : [
          say("handOver.sender", { sender: mail.sender, from: mail.from }),
          say("handOver.envelope", { address: mail.envelopeFrom }),
          say("handOver.subject", { subject: mail.subject }),
          say("handOver.messageId", { messageId: mail.messageId }),
          say("handOver.dkim", { domain: mail.domain }),
        ]),
  ]
}

const asText = (...parts: string[][]): string =>
  parts
    .filter((part) => part.length > 0)
    .map((part) => part.join("\n"))
    .join("\n\n")

/** For the admin of the server that took a mail which is in no folder. */
export const handOverDelivered = (tried: Tried, language: Language, zone?: string): string =>
  asText(
    [reasonWords(language)("handOver.delivered", { address: tried.address })],
    factLines(tried, language, zone),
  )

/** For the admin of servers that did not answer. */
export const handOverUnreachable = (tried: Tried, language: Language, zone?: string): string =>
  asText(
    [reasonWords(language)("handOver.unreachable", { address: tried.address })],
    factLines(tried, language, zone),
  )

/** For the admin of a server that refused a mail for a reason of its own. */
export const handOverRefused = (tried: Tried, language: Language, zone?: string): string =>
  asText(
    [reasonWords(language)("handOver.refused", { address: tried.address })],
    factLines(tried, language, zone),
  )

/**
 * For the admin of a server that lets no mail of ours in: what to allow, why, and how that is done on this
 * kind of server. Without the facts of the mail (an old verdict) there is no domain to name, and only those.
 */
export const handOverBlocked = (tried: Tried, language: Language, zone?: string): string => {
  const { address, answer, mail } = tried
  if (mail === undefined) return handOverRefused(tried, language, zone)
  const say = reasonWords(language)
  const { domain } = mail
  const ip = namedIp(answer)
  const list = blockListIn(answer)
  return asText(
    [say("handOver.blocked", { domain, address })],
    [...factLines(tried, language, zone), ...(ip === null ? [] : [say("handOver.ip", { ip })])],
    list === null ? [] : [say("handOver.list", { list, domain })],
    [say(`handOver.allow.${providerOf(tried)}`, { domain })],
  )
}
