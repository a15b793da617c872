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

/**
 * Design tokens for the few who need them. One that is the same in every theme stands where it is used, as its
 * value; one that nothing uses, or only such ones used, is left out.
 */
const usedTokens = (css: string): string => {
  const declared = [...css.matchAll(/(--[\w-]+):([^;}]*)/g)].map(([, name = "", value = ""]) => ({
    name,
    value,
  }))
  const constant = declared.filter(
    ({ name, value }) => !value.includes("var(") && declared.filter((one) => one.name === name).length === 1,
  )
  const values = new Map(constant.map(({ name, value }) => [name, value]))
  const filled = css.replace(/var\((--[\w-]+)\)/g, (all, name) => values.get(name) ?? all)
  const used = new Set([...filled.matchAll(/var\((--[\w-]+)/g)].map(([, name]) => name))
  const less = filled.replace(/(--[\w-]+):[^;}]*;?/g, (all, name) => (used.has(name) ? all : ""))
  return less === css ? css : usedTokens(less)
}

/** Lightning CSS writes light-dark() for older browsers with two variables of long names, in every colour. */
const shortSwitches = (css: string): string =>
  css.replaceAll("--lightningcss-light", "--l").replaceAll("--lightningcss-dark", "--d")

/** JSX as calls of `h`, which is there anyway: shorter than objects with `children`, and without a runtime of its own. */
const plainJsx: Plugin = {
  name: "plain-jsx",
  enforce: "pre",
  config: () => ({ oxc: { jsx: { runtime: "classic", pragma: "h", pragmaFrag: "Fragment" } } }),
  transform: (code, id) =>
    id.endsWith(".tsx") ? { code: `import { Fragment, h } from "preact";${code}`, map: null } : null,
}

const tokensInUse: Plugin = {
  name: "tokens-in-use",
  enforce: "post",
  generateBundle: (_, bundle) => {
    for (const file of Object.values(bundle))
      if (file.type === "asset" && file.fileName.endsWith(".css"))
        file.source = shortSwitches(usedTokens(String(file.source)))
  },
}

/**
 * The chat box for customers' sites: dist/pages/box.js (the loader: one classic script at a fixed name, which
 * imports nothing) and frame.html with its assets. Its sizes are held by test/repo/sizes.test.ts.
 */
export default defineConfig({
  root: "relay/pages",
  publicDir: false,
  plugins: [plainImports, plainJsx, tokensInUse],
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
