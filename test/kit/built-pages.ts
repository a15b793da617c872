import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import path from "node:path"
import { fileURLToPath } from "node:url"
import { build } from "vite"

const ROOT = fileURLToPath(new URL("../..", import.meta.url))

/** Pages and chat box built as they are in the working tree, in a folder of their own, to be removed. */
export interface BuiltPages {
  folder: string
  remove: () => Promise<void>
}

/** Builds with these configurations (all pages and the box if left out), as `npm run build:pages` does. */
export const buildPages = async (
  configs = ["vite.pages.config.ts", "vite.worker.config.ts", "vite.box.config.ts"],
): Promise<BuiltPages> => {
  const folder = await mkdtemp(path.join(tmpdir(), "porchlight-pages-"))
  // Under the tests' own NODE_ENV another, larger build would come out than the one that is served.
  const { NODE_ENV } = process.env
  process.env.NODE_ENV = "production"
  for (const config of configs) {
    await build({
      configFile: path.join(ROOT, config),
      logLevel: "error",
      build: { outDir: folder, emptyOutDir: false },
    })
  }
  process.env.NODE_ENV = NODE_ENV
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) }
}
