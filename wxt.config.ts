import preact from "@preact/preset-vite"
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
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  `connect-src 'self' https: wss: ${LOOPBACK.flatMap((host) => [`http://${host}:*`, `ws://${host}:*`]).join(" ")}`,
  "form-action 'none'",
  "base-uri 'none'",
].join("; ")

const command = (name: string, key?: string) => ({
  description: `__MSG_${name}__`,
  ...(key === undefined ? {} : { suggested_key: { default: key } }),
})

/** `npx wxt build` → .output/chrome-mv3 (Chrome and Edge), `npx wxt build -b firefox --mv3` → .output/firefox-mv3. */
export default defineConfig({
  srcDir: "extension",
  publicDir: "extension/public",
  outDir: ".output",
  modules: ["@wxt-dev/webextension-polyfill"],
  imports: false,
  vite: () => ({ plugins: [preact()], build: { sourcemap: false } }),
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
    // A relay answers any origin, so none of these is needed to reach it; but a proxy may drop the headers
    // that say so, and browsers ask before a page reaches this machine. The popup asks where it helps.
    host_permissions: LOOPBACK.map((host) => `http://${host}/*`),
    optional_host_permissions: ["https://*/*"],
    content_security_policy: { extension_pages: POLICY },
    commands: {
      _execute_action: { suggested_key: { default: "Alt+Shift+P" } },
      "status-available": command("commandAvailable", "Alt+Shift+A"),
      "status-busy": command("commandBusy", "Alt+Shift+B"),
      "status-unavailable": command("commandUnavailable", "Alt+Shift+U"),
      "open-desk": command("commandDesk"),
    },
    ...(browser === "firefox"
      ? {
          browser_specific_settings: {
            gecko: {
              id: "porchlight@porchlight.example",
              // The first on the desktop to know data_collection_permissions, and the long-term release.
              strict_min_version: "140.0",
              // What agents and visitors write goes to the relay that the agent named, and nowhere else.
              data_collection_permissions: {
                required: ["authenticationInfo", "personalCommunications"],
              },
            },
          },
        }
      : { minimum_chrome_version: "120" }),
  }),
  zip: { artifactTemplate: "{{name}}-{{version}}-{{browser}}.zip" },
})
