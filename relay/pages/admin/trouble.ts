import { type Problem, problemOf } from "../../../shared/desk/problem.ts"
import { Refusal } from "../../../shared/words/refusals.ts"

/** What went wrong, and the relay's words about single fields (`name`, `origins.1`). */
export interface Trouble {
  problem: Problem
  /** One of several reasons that a refusal has, for those who have words for each. */
  why: string | null
  fields: Record<string, string>
}

/** Anything that is no error of a call is a mistake of ours and is thrown on. */
export const troubleOf = (error: unknown): Trouble => {
  const problem = problemOf(error)
  const issues = error instanceof Refusal && Array.isArray(error.facts.fields) ? error.facts.fields : []
  const fields: Record<string, string> = {}
  for (const { field, message } of issues as { field: string; message: string }[])
    fields[field.split(".")[0] ?? ""] ??= message
  const why = error instanceof Refusal && typeof error.facts.why === "string" ? error.facts.why : null
  return { problem, why, fields }
}

/** Whether what was asked for is there already, such as an address or a name. */
export const isTaken = (trouble: Trouble | null): boolean =>
  trouble?.problem.kind === "refused" && trouble.problem.code === "already-exists"

/** Whether the relay said which fields it is about. */
export const hasFields = (trouble: Trouble | null): boolean => Object.keys(trouble?.fields ?? {}).length > 0
