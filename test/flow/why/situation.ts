import type { NoticeKind } from "../../../shared/words/nouns.ts"
import type { ReasonCode } from "../../../shared/words/reasons.ts"
import type { Row } from "./rows.ts"
import type { Agent, Company, openCompany } from "./town.ts"

/** How a row of the table comes about, by what persons and mail servers do. */
export interface Situation {
  row: Row
  title: string
  code: ReasonCode
  kind?: NoticeKind
  company?: Parameters<typeof openCompany>[1]
  /** Brings it about; gives whom the verdict is about, and of which message. */
  stage(company: Company): Promise<Seen>
  /** The facts of the verdict, as toMatchObject takes them. */
  facts(seen: Seen, company: Company): Record<string, unknown>
  /** What the words say in every language. */
  says?(seen: Seen, company: Company): (string | RegExp)[]
  /** Nothing is decided for good: what people do next may change it. */
  open?: true
}

export interface Seen {
  agent: Agent
  seq: number
  /** Who looks at it, where the agent cannot. */
  viewer?: Agent
}
