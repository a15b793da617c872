import { registerHooks } from "node:module"
import { cutsOf } from "./guards.ts"

/**
 * Started with a relay by the suite that takes its guards out (`NODE_OPTIONS=--import …`, in all its threads and
 * processes): what the relay's files say is changed as they are read. The product itself has no such switch. A guard
 * that is not found as it is described ends the process, so that this cannot go on proving something that is gone.
 */
const cuts = cutsOf(process.env.WITHOUT_GUARD ?? "")

registerHooks({
  load: (url, context, nextLoad) => {
    const loaded = nextLoad(url, context)
    const here = cuts.filter(({ file }) => url.endsWith(`/${file}`))
    if (here.length === 0) return loaded
    let source = String(loaded.source)
    for (const { file, is, becomes } of here) {
      if (source.split(is).length !== 2)
        throw new Error(`${file} does not have this once any more, so it cannot be taken out:\n${is}`)
      source = source.replace(is, () => becomes)
    }
    return { ...loaded, source }
  },
})

// What the machine's clock says is moved by so many ms, for a relay whose clock reads it here (guards.ts).
const by = Number(process.env.CLOCK_MOVES ?? 0)
let moved = 0
Object.defineProperty(globalThis, "machineClockMoved", { get: () => moved })
process.on("SIGUSR2", () => {
  moved += by
  process.stdout.write("the machine's clock was set\n")
})
