import type { ComponentChildren } from "preact"
import { useState } from "preact/hooks"
import { type Problem, problemOf } from "../../problem.ts"
import { tellProblem } from "../../words.ts"
import { useDesk } from "../context.ts"

export interface Work {
  busy: boolean
  problem: Problem | null
  /** Runs a call; answers whether it went through. */
  run(call: () => Promise<void>): Promise<boolean>
}

/** One call at a time of a form, and what went wrong with the last one. */
export const useWork = (): Work => {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const run = async (call: () => Promise<void>): Promise<boolean> => {
    setBusy(true)
    setProblem(null)
    try {
      await call()
      return true
    } catch (error) {
      setProblem(problemOf(error))
      return false
    } finally {
      setBusy(false)
    }
  }
  return { busy, problem, run }
}

/** A part of the profile with its heading, and what went wrong in it. */
export const Part = ({
  name,
  title,
  problem,
  children,
}: {
  name: string
  title: string
  problem: Problem | null
  children: ComponentChildren
}) => {
  const { say } = useDesk()
  return (
    <section class="desk-part" aria-labelledby={`profile-${name}`}>
      <h3 id={`profile-${name}`}>{title}</h3>
      {children}
      {problem === null ? null : (
        <p class="notice small" data-kind="bad" role="alert">
          {tellProblem(say, problem)}
        </p>
      )}
    </section>
  )
}
