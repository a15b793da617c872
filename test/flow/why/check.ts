import { expect } from "vitest"
import { runCommand } from "../../../relay/cli/index.ts"
import { tellVerdict } from "../../../shared/i18n/reasons/tell.ts"
import type { VerdictView } from "../../../shared/protocol/views.ts"
import { LANGUAGES, type Language } from "../../../shared/words/nouns.ts"
import type { Seen, Situation } from "./situation.ts"
import type { Company } from "./town.ts"

/** `porchlight why`, as a person at the relay's machine types it. */
const why = async (company: Company, ...args: string[]): Promise<string> => {
  let out = ""
  let err = ""
  const code = await runCommand(["why", company.conversationId(), ...args], {
    env: { PORCHLIGHT_DATA: company.town.relay.config.data },
    out: (text) => {
      out += `${text}\n`
    },
    err: (text) => {
      err += `${text}\n`
    },
    ended: Promise.resolve(),
  })
  expect([code, err]).toEqual([0, ""])
  return out
}

/** The verdict of the conversation as the API gives it. */
export const verdictOf = async (situation: Situation, company: Company, seen: Seen): Promise<VerdictView> => {
  const { verdicts } = await company.view(seen.viewer ?? seen.agent)
  const kind = situation.kind ?? "offline"
  const found = verdicts.find(
    (one) => one.agentId === seen.agent.id && one.seq === seen.seq && one.kind === kind,
  )
  if (!found) throw new Error(`no verdict about ${seen.agent.name} among ${JSON.stringify(verdicts)}`)
  return found
}

/** All that a person reads of a verdict. */
const wordsOf = (verdict: VerdictView, language: Language): string => {
  const { text, todo, handOver } = tellVerdict(verdict, language)
  return [text, todo ?? "", handOver ?? ""].join("\n")
}

let printed = 0

/** Code, facts and words of a situation, in the conversation, the popup and `porchlight why`. */
export const checkEverywhere = async (
  situation: Situation,
  company: Company,
  seen: Seen,
): Promise<VerdictView> => {
  const verdict = await verdictOf(situation, company, seen)
  expect(verdict.reason).toMatchObject({ code: situation.code, ...situation.facts(seen, company) })
  expect(verdict.agentName).toBe(seen.agent.name)

  if (!seen.viewer) {
    const { latestVerdict } = await company.toolbar(seen.agent)
    // Where both kinds were decided in one moment, they say the same, and either is the latest.
    const { kind: _, ...shown } = verdict
    const of = { conversationId: company.conversationId(), visitor: "Jana" }
    expect(latestVerdict).toMatchObject({ ...shown, ...of })
  }

  const { verdicts } = JSON.parse(await why(company, "--json")) as { verdicts: VerdictView[] }
  expect(verdicts).toContainEqual(verdict)

  const said = new Set<string>()
  for (const language of LANGUAGES) {
    const words = wordsOf(verdict, language)
    const { text, todo } = tellVerdict(verdict, language)
    expect(todo).toMatch(/\p{L}.*[.?]$/u)
    expect(words).not.toMatch(/[{}]|undefined|\bnull\b|NaN|Invalid/)
    for (const fact of situation.says?.(seen, company) ?? []) expect(words).toMatch(fact)
    said.add(`${text}\n${todo}`)
  }
  expect(said.size).toBe(LANGUAGES.length)

  // Each time in another language: a command opens the store anew, which takes its time.
  const language = LANGUAGES[printed++ % LANGUAGES.length]!
  const out = await why(company, "--language", language)
  for (const line of wordsOf(verdict, language).split("\n"))
    expect(out).toContain(line.replace(/\s+/g, " ").trim())
  return verdict
}
