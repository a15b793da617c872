/// <reference types="wxt/vite-builder-env" />
import { browser } from "../background/browser.ts"

/** Firefox has a call for it from 137 on; others have a page, whose address tabs may be opened at. */
interface OpensSettings {
  openShortcutSettings?: () => Promise<void>
}

const firefoxSettings = (): OpensSettings["openShortcutSettings"] =>
  (browser.commands as typeof browser.commands & OpensSettings).openShortcutSettings

export const canChangeKeys = (): boolean => !import.meta.env.FIREFOX || firefoxSettings() !== undefined

/** Opens where the browser has its extensions' keys set. */
export const changeKeys = async (): Promise<void> => {
  if (import.meta.env.FIREFOX) await firefoxSettings()?.()
  else await browser.tabs.create({ url: "chrome://extensions/shortcuts" })
}
