import preact from "@preact/preset-vite"
import type { Plugin } from "vite"
import { defineConfig } from "wxt"

/** Where a relay may be reached without TLS: this machine only (the first run, and tests). */
const LOOPBACK = ["127.0.0.1", "localhost"]

/**
 * Firefox's default policy for MV3 upgrades insecure requests, which breaks `ws://` to a relay on this
 * machine; so the policy is written out, the same for both browsers: our own files, TLS, loopback.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  `connect-src 'self' https: wss: ${LOOPBACK.flatMap((host) => [`http://${host}:*`, `ws://${host}:*`]).join(" ")}`,
  "form-action 'none'",
  "base-uri 'none'",
].join("; ")

/**
 * What a person can put on keys of their own; three have keys to begin with (Chrome gives at most four). None
 * that browsers have taken: Alt+Shift with A, C, I, P, T, X, Z are Chromium's.
 */
const command = (name: string, key?: string) => ({
  description: `__MSG_${name}__`,
  ...(key === undefined ? {} : { suggested_key: { default: key } }),
})

/**
 * Preact can set HTML (`dangerouslySetInnerHTML`). Nothing here ever does, and in what is shipped it cannot:
 * HTML given that way would be shown as text. So a mistake cannot run a stranger's script, and the stores'
 * linters have nothing to warn of. Throws when Preact no longer looks as expected.
 */
const withoutHtml = (): Plugin => ({
  name: "porchlight-without-html",
  transform: (code, id) => {
    if (!/[\\/]preact[\\/]dist[\\/]preact\.(?:module|mjs|js)/.test(id)) return
    const assignment = /(\b\w+)\.innerHTML=(\w+\.__html)/g
    if (!assignment.test(code)) throw new Error(`${id} sets HTML in another way than wxt.config.ts expects`)
    return {
      code: code.replaceAll(assignment, "$1.textContent=$2").replaceAll(".innerHTML", ".textContent"),
      map: null,
    }
  },
})

/** What the reviewers of Firefox's store get, to build the same zip from: docs/stores/review.md says how. */
const SOURCES = [
  "extension/**",
  "shared/**",
  "docs/stores/review.md",
  "LICENSE",
  "package.json",
  "package-lock.json",
  ".npmrc",
  "tsconfig.json",
  "wxt.config.ts",
]

/** `npx wxt build` → .output/chrome-mv3 (Chrome and Edge), `npx wxt build -b firefox --mv3` → .output/firefox-mv3. */
export default defineConfig({
  srcDir: "extension",
  publicDir: "extension/public",
  outDir: ".output",
  modules: ["@wxt-dev/webextension-polyfill"],
  imports: false,
  vite: () => ({ plugins: [preact({ devToolsEnabled: false }), withoutHtml()], build: { sourcemap: false } }),
  manifest: ({ browser }) => ({
    name: "__MSG_name__",
    short_name: "Porchlight",
    description: "__MSG_description__",
    default_locale: "en",
    permissions: [
      "idle",
      "alarms",
      "storage",
      "notifications",
      "contextMenus",
      ...(browser === "firefox" ? [] : ["sidePanel"]),
    ],
    // No site at all is asked for at installation. A relay answers any origin (CORS, bearer tokens, no
    // cookies), so it is reached without; its own origin is asked for when somebody signs in, because a proxy
    // may drop the headers that say so. Whoever refuses loses nothing where no proxy does.
    optional_host_permissions: ["https://*/*"],
    content_security_policy: { extension_pages: POLICY },
    commands: {
      _execute_action: { suggested_key: { default: "Alt+Shift+L" } },
      "status-next": command("commandNext", "Alt+Shift+S"),
      "open-desk": command("commandDesk", "Alt+Shift+D"),
      "status-available": command("commandAvailable"),
      "status-busy": command("commandBusy"),
      "status-unavailable": command("commandUnavailable"),
    },
    ...(browser === "firefox"
      ? {
          browser_specific_settings: {
            gecko: {
              id: "porchlight@porchlight.example",
              // The first on the desktop to know data_collection_permissions, and the long-term release.
              strict_min_version: "140.0",
              // All of it goes to the relay that the agent named, and nowhere else: the token, the address
              // they sign in with, and what agents and visitors write.
              data_collection_permissions: {
                required: ["authenticationInfo", "personallyIdentifyingInfo", "personalCommunications"],
              },
            },
          },
        }
      : { minimum_chrome_version: "120" }),
  }),
  zip: {
    artifactTemplate: "{{name}}-{{version}}-{{browser}}.zip",
    sourcesTemplate: "{{name}}-{{version}}-sources.zip",
    includeSources: SOURCES,
    excludeSources: [],
    dotSources: true,
    compressionLevel: 9,
  },
})
