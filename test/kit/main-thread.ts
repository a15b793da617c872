import type { Page } from "playwright-core"

/** A task of a page's main thread, as Chromium traces it; ms. */
export interface Task {
  /** By the clock: on a machine that others share, also what it waited for a core. */
  wall: number
  /** What the thread itself took. */
  own: number
}

interface TraceEvent {
  name: string
  ph: string
  pid: number
  tid: number
  dur?: number
  tdur?: number
  args?: { name?: string }
}

/**
 * Watches the main thread of a page. `tasks`: those since it was asked last that took at least `atLeast` of the
 * thread's own time, as a long task counts (https://w3c.github.io/longtasks/), but for what other programs of the
 * machine took meanwhile.
 */
export const watchMainThread = async (page: Page): Promise<{ tasks(atLeast: number): Promise<Task[]> }> => {
  const session = await page.context().newCDPSession(page)
  let events: TraceEvent[] = []
  session.on("Tracing.dataCollected", ({ value }) => {
    events.push(...(value as unknown as TraceEvent[]))
  })
  const start = () =>
    session.send("Tracing.start", {
      transferMode: "ReportEvents",
      traceConfig: { includedCategories: ["toplevel", "disabled-by-default-devtools.timeline"] },
    })
  await start()
  return {
    tasks: async (atLeast) => {
      const complete = new Promise<void>((done) => session.once("Tracing.tracingComplete", () => done()))
      await session.send("Tracing.end")
      await complete
      const all = events
      events = []
      await start()
      const main = new Set(
        all
          .filter(({ name, args }) => name === "thread_name" && args?.name === "CrRendererMain")
          .map(({ pid, tid }) => `${pid} ${tid}`),
      )
      if (main.size === 0) throw new Error("the trace names no main thread of a page")
      return all
        .filter(({ name, ph, pid, tid }) => name === "RunTask" && ph === "X" && main.has(`${pid} ${tid}`))
        .map(({ dur = 0, tdur = dur }) => ({ wall: dur / 1000, own: tdur / 1000 }))
        .filter(({ own }) => own >= atLeast)
    },
  }
}
