import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import path from "node:path"
import { fileURLToPath } from "node:url"
import type { TestProject } from "vitest/node"

declare module "vitest" {
  export interface ProvidedContext {
    /** Folder of the pages as built once for all suites of the run. */
    builtPages: string
  }
}

const ROOT = fileURLToPath(new URL("../..", import.meta.url))
const CONFIGS = ["vite.pages.config.ts", "vite.worker.config.ts", "vite.box.config.ts"]

/** Builds pages, worker and chat box as they are in the working tree. */
export const buildInto = async (folder: string): Promise<void> => {
  const { build } = await import("vite")
  // Under the tests' own NODE_ENV another, larger build would come out than the one that is served.
  const { NODE_ENV } = process.env
  process.env.NODE_ENV = "production"
  for (const config of CONFIGS) {
    await build({
      configFile: path.join(ROOT, config),
      logLevel: "error",
      build: { outDir: folder, emptyOutDir: false },
    })
  }
  process.env.NODE_ENV = NODE_ENV
}

/** Vitest's globalSetup for suites with browsers: the pages are built once, not by every file. */
export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  const folder = await mkdtemp(path.join(tmpdir(), "porchlight-built-"))
  await buildInto(folder)
  project.provide("builtPages", folder)
  return () => rm(folder, { recursive: true, force: true })
}
