import { cp, mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import path from "node:path"
import { inject } from "vitest"
import { buildInto } from "./prepared-pages.ts"

/** Pages and chat box built as they are in the working tree, in a folder of their own, to be removed. */
export interface BuiltPages {
  folder: string
  remove: () => Promise<void>
}

/**
 * All of them, as `npm run build:pages` makes them; what this run has built already is copied. Without the `worker`
 * of the installed desk every page comes from the relay, and nothing is kept for when there is no network.
 */
export const buildPages = async ({ worker = true } = {}): Promise<BuiltPages> => {
  const folder = await mkdtemp(path.join(tmpdir(), "porchlight-pages-"))
  const built = inject("builtPages") as string | undefined
  if (built === undefined) await buildInto(folder)
  else await cp(built, folder, { recursive: true, preserveTimestamps: true })
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true })
  if (!worker) await rm(path.join(folder, "desk"), { recursive: true })
  return { folder, remove }
}
