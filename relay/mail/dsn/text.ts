import type { ReportedRecipient } from "../../../shared/words/bounces.ts"
import { actionIn, addressIn, answerIn, enhancedIn, oneLine } from "./words.ts"

/** Where the mail that is sent back begins: its fields must not be taken for the report's words. */
const COPY =
  /^[ \t>]*(?:-{2,}|_{5,}|={5,})[^\n]{0,60}(?:original|copy|returned|unsent|below|header|message follows|nachricht|mail\b)[^\n]{0,60}$|^[ \t]*(?:Received|Return-Path|DKIM-Signature|Message-ID): |^Original message headers:|^Reporting-MTA: /im

/** Where a text written for people says why, e.g. behind "The reason for the problem:". */
const WHY =
  /(?:reason(?: for the (?:problem|failure|delay))?|reason given|error (?:was|message|is)|response (?:from the remote server )?was|remote server (?:returned|said)|said|because|details|diagnostic[\w -]{0,30}|grund|fehler(?:meldung)?|raison|motif|erreur|motivo|error|d[ůu]vod|chyba)[^\n:]{0,60}:\s*/i

/**
 * A report in words alone, as any program may write it. What it is about is guessed: the first address that is
 * no machine's, the first thing that looks like a server's answer. Null where the words tell of no failure or
 * delay.
 */
export const readText = (text: string, subject: string): ReportedRecipient[] | null => {
  const said = beforeCopy(text)
  const { diagnostic, answer, ...rest } = whyIn(said)
  const told = actionIn(subject, said)
  const action = told === "unknown" && answer?.startsWith("5") ? "failed" : told
  if (action === "unknown") return null
  return [{ address: personIn(said) ?? personIn(subject), original: null, action, diagnostic, ...rest }]
}

/** Why, as words say it beside fields that do not. */
export const readReason = (text: string): Pick<ReportedRecipient, "diagnostic" | "server"> => {
  const { diagnostic, server } = whyIn(beforeCopy(text))
  return { diagnostic, server }
}

const beforeCopy = (text: string): string =>
  text.slice(0, COPY.exec(text)?.index ?? text.length).slice(0, 16_000)

const HOST = /\b(?:host|server|from|by|MTA):? \[?((?:[\w-]{1,63}\.){1,8}[a-z]{2,24})\b/i

const whyIn = (said: string) => {
  const answer = answerIn(said)
  return {
    answer,
    status: enhancedIn(answer ?? "") ?? enhancedIn(said),
    diagnostic: answer ?? reasonIn(said),
    server: HOST.exec(said)?.[1] ?? null,
  }
}

const reasonIn = (said: string): string => {
  const why = WHY.exec(said)
  const rest = why ? said.slice(why.index + why[0].length) : ""
  return oneLine(rest.trim() === "" ? said : (rest.split(/\n[ \t]*\n/)[0] ?? rest))
}

const MACHINE = /^(?:mailer-daemon|postmaster|no-?reply|abuse|support|help)@|@(?:mail\.gmail|localhost)/i

/** Every address of the first lines, the first that is a person's. */
const personIn = (said: string): string | null => {
  let rest = said.slice(0, 8000)
  for (let tries = 0; tries < 20; tries += 1) {
    const found = addressIn(rest)
    if (found === null) return null
    if (!MACHINE.test(found)) return found
    const at = rest.toLowerCase().indexOf(found)
    rest = rest.slice(at < 0 ? 2000 : at + found.length)
  }
  return null
}
