import { type Kept, readKept, writeKept } from "./storage.ts"

/** The worker's copy of what is kept: one setter, which writes it and tells those who show it. */
export interface State {
  get(): Kept
  change(change: Partial<Kept>): void
}

/** `show` runs after every change, one at a time and only for the newest; so does writing. */
export const openState = async (show: (kept: Kept) => Promise<void>): Promise<State> => {
  let kept = await readKept()
  let writing: Promise<void> = Promise.resolve()
  let shown: Kept | null = null
  let painting = false

  const repaint = async (): Promise<void> => {
    if (painting) return
    painting = true
    while (shown !== kept) {
      shown = kept
      await show(kept).catch(report)
    }
    painting = false
  }

  void repaint()
  return {
    get: () => kept,
    change: (change) => {
      kept = { ...kept, ...change }
      writing = writing.then(() => writeKept(change)).catch(report)
      void repaint()
    },
  }
}

/** What nobody is waiting for and still went wrong: said where a developer looks. */
export const report = (error: unknown): void => console.error("[porchlight]", error)
