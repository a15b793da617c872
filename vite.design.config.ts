import { fileURLToPath } from "node:url"
import preact from "@preact/preset-vite"
import { defineConfig } from "vite"

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/**
 * Every component in every state, by day and by night (`npm run design`): made of the real components, on
 * pages that are no part of the product.
 */
export default defineConfig({
  root: here("scripts/design"),
  // The extension's own icons.
  publicDir: here("extension/public"),
  plugins: [preact()],
  resolve: { alias: { "wxt/browser": here("scripts/design/no-extension.ts") } },
  server: { port: 8430, fs: { allow: [here(".")] } },
  build: {
    outDir: here("test-results/design"),
    emptyOutDir: true,
    rollupOptions: {
      input: ["index", "base", "desk", "popup", "box"].map((name) => here(`scripts/design/${name}.html`)),
    },
  },
})
