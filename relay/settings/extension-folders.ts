import { existsSync } from "node:fs"
import { fileURLToPath } from "node:url"

/** Folder of the extension built for a browser family, to load from; null when it is not built. */
export const extensionFolder = (browser: "chrome" | "firefox"): string | null => {
  const folder = fileURLToPath(new URL(`../../.output/${browser}-mv3`, import.meta.url))
  return existsSync(folder) ? folder : null
}
