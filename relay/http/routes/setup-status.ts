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
      const { siteKey } = await desk.store.run("readFirst", {}, desk.clock.now())
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
