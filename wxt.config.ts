import { pathToFileURL } from "node:url"
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

/**
 * A catalogue is read when the first of its words is said. Every page carries five languages and speaks one: read
 * at its start they took a fifth of the time until the popup was painted. In JSON, for browsers read that faster
 * than objects in a script, and pass over what is not asked for as over one long word.
 */
const wordsWhenSaid = (): Plugin => ({
  name: "porchlight-words-when-said",
  enforce: "pre",
  load: async (id) => {
    const language = /[\\/]shared[\\/]i18n[\\/][\w-]+[\\/](en|cs|de|es|fr)\.ts$/.exec(id)?.[1]
    if (language === undefined) return
    const { [language]: words } = (await import(pathToFileURL(id).href)) as Record<string, unknown>
    if (words === undefined) throw new Error(`${id} has no words called “${language}”`)
    const json = JSON.stringify(JSON.stringify(words))
    return {
      code: `let words
export const ${language} = new Proxy({}, { get: (_, key) => (words ??= JSON.parse(${json}))[key] })`,
      map: null,
    }
  },
})

/** Modules of these names or below these folders. */
const modules = (...names: string[]): RegExp =>
  new RegExp(`[\\\\/:](?:${names.join("|").replaceAll("/", "[\\\\/]")})(?:[\\\\/].*)?(?:\\.(?:tsx?|m?js))?$`)

/**
 * What a popup waits for stands in two files instead of seven, as each is a way to the disk and back: what the
 * background has too, and what only pages have.
 */
const FILES = [
  {
    name: "base",
    test: modules(
      "webextension-polyfill",
      "wxt-plugins",
      "extension/background/(?:browser|messages|state|storage|words)",
      "extension/rules/(?:connection|idle-state|saved)",
      "shared/desk/(?:answered|back-off|http-port|live-socket|pictures|port|upload)",
      "shared/i18n/(?:formatter|pick-language|toolbar)",
      "shared/words/(?:files|ids|nouns|refusals|time)",
    ),
  },
  {
    name: "pages",
    test: modules(
      "preact",
      "wxt-html-plugins",
      "extension/background/(?:permission|used)",
      "extension/popup/[^.]+",
      "extension/settings/[^.]+",
      "extension/rules/(?:popup-view|relay-url|use)",
      "shared/design/(?:tokens|base).css",
      "shared/desk/(?:status/[^.]+|views/face)",
      "shared/i18n/(?:device-name|reasons|status|when)",
      "shared/words/(?:assert-never|reasons)",
    ),
  },
].map((group) => ({ ...group, includeDependenciesRecursively: false }))

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
  vite: () => ({
    plugins: [preact({ devToolsEnabled: false }), withoutHtml(), wordsWhenSaid()],
    build: {
      sourcemap: false,
      // All browsers that take the extension know it.
      modulePreload: { polyfill: false },
      rollupOptions: {
        output: {
          codeSplitting: { groups: FILES },
        },
      },
    },
  }),
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
