import { existsSync } from "node:fs"
import preact from "@preact/preset-vite"
import { defineConfig } from "vite"

/**
 * The relay's own pages: relay/pages/<name>.html → dist/pages/<name>.html with assets/* of hashed names.
 * Served with `Content-Security-Policy: default-src 'self'`: nothing inline comes out of this, no script, no
 * style, no data: picture. The chat box has a build of its own (vite.box.config.ts), so that it shares no
 * chunk with pages that may grow.
 */
const PAGES = ["setup", "desk", "admin", "take", "unsubscribe", "mailbox", "allow", "demo", "box-preview"]

export default defineConfig({
  root: "relay/pages",
  publicDir: false,
  plugins: [preact()],
  build: {
    outDir: "../../dist/pages",
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: false,
    // What the desk keeps for when there is no network is read off it (vite.worker.config.ts).
    manifest: true,
    rollupOptions: {
      input: PAGES.map((name) => `relay/pages/${name}.html`).filter((path) => existsSync(path)),
    },
  },
})
