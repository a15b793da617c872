import type { Browser } from "webextension-polyfill"
import { browser as wxtBrowser } from "wxt/browser"

/** The extension API with promises in both browsers: webextension-polyfill, put in place by wxt.config.ts. */
export const browser = wxtBrowser as unknown as Browser

interface SidePanel {
  open(where: { windowId: number }): Promise<void>
}

/** Chrome's side panel, which the polyfill passes on untyped; undefined in Firefox, which has a sidebar. */
export const sidePanel = (): SidePanel | undefined =>
  (browser as Browser & { sidePanel?: SidePanel }).sidePanel
