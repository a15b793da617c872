import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import path from "node:path"
import { fileURLToPath } from "node:url"
import { build, preview } from "vite"
import { expect, it } from "vitest"
import { launchChromium } from "../kit/chromium.ts"
import { until } from "../kit/until.ts"

/** The page of components (`npm run design`) is made of the real ones: it comes up whole, by day and by night. */

const CONFIG = fileURLToPath(new URL("../../vite.design.config.ts", import.meta.url))

it("shows every surface's components without a mistake", async () => {
  const outDir = await mkdtemp(path.join(tmpdir(), "porchlight-design-"))
  await build({ configFile: CONFIG, logLevel: "error", build: { outDir } })
  const server = await preview({
    ...{ configFile: CONFIG, logLevel: "silent", build: { outDir } },
    preview: { port: 0, host: "127.0.0.1" },
  })
  await using browser = await launchChromium({ width: 1280, height: 800 })
  try {
    const mistakes: string[] = []
    const page = await browser.context.newPage()
    page.on("pageerror", (error) => mistakes.push(error.message))
    await page.goto(server.resolvedUrls?.local[0] ?? "")
    for (const surface of ["base", "desk", "popup", "box"])
      for (const theme of ["light", "dark"]) {
        const frame = page.frameLocator(`iframe[title="${surface}, ${theme}"]`)
        await until(`the specimens of ${surface}`, async () => (await frame.locator(".specimen").count()) > 5)
        await expect.poll(() => frame.locator("html").getAttribute("data-theme")).toBe(theme)
      }
    expect(mistakes).toEqual([])
  } finally {
    await server.close()
    await rm(outDir, { recursive: true, force: true })
  }
})
