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
  configs = ["vite.pages.config.ts", "vite.box.config.ts"],
): Promise<BuiltPages> => {
  const folder = await mkdtemp(path.join(tmpdir(), "porchlight-pages-"))
  for (const config of configs) {
    await build({
      configFile: path.join(ROOT, config),
      logLevel: "error",
      build: { outDir: folder, emptyOutDir: false },
    })
  }
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) }
}
