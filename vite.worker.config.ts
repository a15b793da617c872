import { createHash } from "node:crypto"
import { readdirSync, readFileSync } from "node:fs"
import path from "node:path"
import { defineConfig, type Manifest, type Plugin } from "vite"

/**
 * The worker of the installed desk: dist/pages/desk/worker.js, one classic script, and the icons beside it. Built
 * after the pages, whose files it keeps for when there is no network: their names are written into it.
 */
const ICONS = "relay/pages/desk/icons"

/** Where the worker's source has the files of the desk, and one name for all of them as they are. */
const MARKS = { files: "%DESK_FILES%", version: "%DESK_VERSION%" }

/** All that the desk's page can come to load: scripts, those it imports later too, styles and pictures. */
const filesOf = (manifest: Manifest, name: string, found = new Set<string>()): Set<string> => {
  const chunk = manifest[name]
  if (chunk === undefined || found.has(chunk.file)) return found
  for (const file of [chunk.file, ...(chunk.css ?? []), ...(chunk.assets ?? [])]) found.add(file)
  for (const other of [...(chunk.imports ?? []), ...(chunk.dynamicImports ?? [])])
    filesOf(manifest, other, found)
  return found
}

const deskFiles = (): Plugin => {
  let folder = ""
  return {
    name: "desk-files",
    configResolved: (config) => {
      folder = path.resolve(config.root, config.build.outDir)
    },
    generateBundle(_, bundle) {
      const manifest = JSON.parse(readFileSync(path.join(folder, ".vite/manifest.json"), "utf8")) as Manifest
      const files = [...filesOf(manifest, "desk.html")].map((file) => `/${file}`).sort()
      const icons = readdirSync(ICONS)
      for (const name of icons)
        this.emitFile({
          type: "asset",
          fileName: `desk/${name}`,
          source: readFileSync(path.join(ICONS, name)),
        })
      const all = [...files, ...["icon-192.png", "badge-96.png"].map((name) => `/desk/${name}`)]
      const version = createHash("sha256")
        .update(readFileSync(path.join(folder, "desk.html")))
        .update(all.join())
        .digest("base64url")
        .slice(0, 12)
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== "chunk") continue
        chunk.code = chunk.code.replace(MARKS.files, all.join()).replace(MARKS.version, version)
      }
    },
  }
}

export default defineConfig({
  root: "relay/pages",
  publicDir: false,
  plugins: [deskFiles()],
  build: {
    outDir: "../../dist/pages",
    emptyOutDir: false,
    modulePreload: false,
    rollupOptions: {
      input: { worker: "relay/pages/desk/worker/worker.ts" },
      output: { format: "iife", entryFileNames: "desk/worker.js" },
    },
  },
})
