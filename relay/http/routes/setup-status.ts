import type { House } from "../../house.ts"
import { extensionFolder } from "../../settings/extension-folders.ts"
import { setupStatus } from "../answers.ts"
import { checkKey } from "../keys.ts"
import { type Route, route } from "../route.ts"
import { snippet } from "../snippet.ts"

/** What the set-up page shows to who has the key: whether it is done, and what one does next. */
export const setupStatusRoutes: Route[] = [
  route({
    method: "get",
    path: "/api/setup/status",
    who: "key",
    summary: "Whether set-up is done, the tag of the first site, where the built extension is",
    answer: setupStatus,
    handle: async ({ desk, key }) => {
      checkKey(key, desk.setupKey)
      const siteKey = await firstSiteKey(desk)
      return {
        done: siteKey !== null,
        capture: desk.config.outbound.kind === "capture",
        snippet: siteKey === null ? null : snippet(desk.config.publicUrl, siteKey),
        chromeFolder: extensionFolder("chrome"),
        firefoxFolder: extensionFolder("firefox"),
      }
    },
  }),
]

/** Key of the oldest site on the relay; null before set-up. */
const firstSiteKey = async ({ store, clock }: House): Promise<string | null> => {
  for (const { id: accountId } of await store.run("listAccounts", {}, clock.now())) {
    const [site] = await store.run("listSites", { accountId }, clock.now())
    if (site !== undefined) return site.key
  }
  return null
}
