import preact from "@preact/preset-vite"
import { defineConfig, type Plugin } from "vite"

/**
 * Vite wraps each `import()` in a helper that loads its style sheets beforehand. The box's languages have none:
 * without the helper, half a kilobyte less goes to every visitor.
 */
const plainImports: Plugin = {
  name: "plain-imports",
  enforce: "pre",
  load: (id) => (id.includes("vite/preload-helper") ? "export const __vitePreload = (load) => load()" : null),
}

/** Design tokens that nothing of the box uses are left out, and those that only such ones used. */
const usedTokens = (css: string): string => {
  const used = new Set([...css.matchAll(/var\((--[\w-]+)/g)].map(([, name]) => name))
  const less = css.replace(/(--[\w-]+):[^;}]*;?/g, (all, name) => (used.has(name) ? all : ""))
  return less === css ? css : usedTokens(less)
}

const tokensInUse: Plugin = {
  name: "tokens-in-use",
  enforce: "post",
  generateBundle: (_, bundle) => {
    for (const file of Object.values(bundle))
      if (file.type === "asset" && file.fileName.endsWith(".css"))
        file.source = usedTokens(String(file.source))
  },
}

/**
 * The chat box for customers' sites: dist/pages/box.js (the loader: one classic script at a fixed name, which
 * imports nothing) and frame.html with its assets. Its sizes are held by test/repo/sizes.test.ts.
 */
export default defineConfig({
  root: "relay/pages",
  publicDir: false,
  plugins: [plainImports, tokensInUse, preact({ devToolsEnabled: false })],
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
