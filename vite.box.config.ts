import preact from "@preact/preset-vite"
import { defineConfig } from "vite"

/**
 * The chat box for customers' sites: dist/pages/box.js (the loader: one classic script at a fixed name, which
 * imports nothing) and frame.html with its assets. Its sizes are held by test/repo/sizes.test.ts.
 */
export default defineConfig({
  root: "relay/pages",
  publicDir: false,
  plugins: [preact({ devToolsEnabled: false })],
  build: {
    outDir: "../../dist/pages",
    emptyOutDir: false,
    assetsInlineLimit: 0,
    modulePreload: false,
    target: ["chrome111", "firefox114", "safari16.4"],
    rollupOptions: {
      input: { frame: "relay/pages/frame.html", box: "relay/chatbox/loader.ts" },
      output: {
        entryFileNames: ({ name }) => (name === "box" ? "box.js" : "assets/[name]-[hash].js"),
      },
    },
  },
})
