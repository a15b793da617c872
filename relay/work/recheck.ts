import { MINUTE, type Millis } from "../../shared/words/time.ts"
import type { House } from "../house.ts"
import { allOf, readHeader } from "../mail/header.ts"
import type { MailWork } from "../mail/mail-work.ts"
import { cameFrom } from "../mail/received.ts"
import { type Loop, startLoop } from "./loops.ts"

/** The first look comes two minutes after a mail: nobody has to tell of it. */
const LONGEST_SLEEP = MINUTE

/** Looks again at answers whose sender could not be checked when they came, as the DNS gave no answer. One at a time. */
export const startRechecking = (
  { store, clock, log }: House,
  { check }: Pick<MailWork, "check">,
  isGateway: (address: string) => boolean,
): Loop => {
  const step = async (): Promise<Millis | null> => {
    const { mail, nextAt } = await store.run("dueRecheck", {}, clock.now())
    if (mail === null) return nextAt
    const { accountId, inboundMailId, envelopeFrom } = mail
    const raw = Buffer.from(mail.raw)
    const client = cameFrom(allOf(readHeader(raw), "received"), isGateway)
    const auth = await check({ raw, envelopeFrom, ...client })
    const settled = await store.run("settleRecheck", { accountId, inboundMailId, auth }, clock.now())
    log.info({ mail: inboundMailId, ...settled }, "an answer by mail was checked again")
    return clock.now()
  }
  return startLoop({ name: "recheck", step, clock, log, longestSleep: LONGEST_SLEEP })
}
