import type { Route } from "../route.ts"
import { addressRoutes } from "./addresses.ts"
import { assignRoutes } from "./assign.ts"
import { boxRoutes } from "./box.ts"
import { cannedRoutes } from "./canned.ts"
import { changeRoutes } from "./changes.ts"
import { conversationRoutes } from "./conversations.ts"
import { destinationRoutes } from "./destinations.ts"
import { insightRoutes } from "./insight.ts"
import { mailHealthRoutes } from "./mail-health.ts"
import { mailNameRoutes } from "./mail-names.ts"
import { mailboxRoutes } from "./mailbox.ts"
import { meRoutes } from "./me.ts"
import { personRoutes } from "./persons.ts"
import { pictureRoutes } from "./pictures.ts"
import { pushRoutes } from "./push.ts"
import { queueRoutes } from "./queue.ts"
import { searchRoutes } from "./search.ts"
import { settingsRoutes } from "./settings.ts"
import { setupStatusRoutes } from "./setup-status.ts"
import { signingInRoutes } from "./signing-in.ts"
import { tagRoutes } from "./tag-check.ts"
import { takeRoutes } from "./take.ts"
import { teamRoutes } from "./team.ts"
import { unsubscribeRoutes } from "./unsubscribe.ts"
import { uploadRoutes } from "./uploads.ts"
import { webhookRoutes } from "./webhooks.ts"

/** Every route of the API: method, path, who may call it. Tests try each against every role. */
export const ROUTES: readonly Route[] = [
  ...signingInRoutes,
  ...setupStatusRoutes,
  ...meRoutes,
  ...pictureRoutes,
  ...pushRoutes,
  ...conversationRoutes,
  ...searchRoutes,
  ...assignRoutes,
  ...cannedRoutes,
  ...uploadRoutes,
  ...mailboxRoutes,
  ...addressRoutes,
  ...destinationRoutes,
  ...takeRoutes,
  ...unsubscribeRoutes,
  ...queueRoutes,
  ...settingsRoutes,
  ...boxRoutes,
  ...mailNameRoutes,
  ...teamRoutes,
  ...insightRoutes,
  ...mailHealthRoutes,
  ...changeRoutes,
  ...webhookRoutes,
  ...personRoutes,
  ...tagRoutes,
]
