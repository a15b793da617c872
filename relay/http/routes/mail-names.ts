import { mailNameBody, mailNameRemoveBody } from "../../../shared/protocol/http.ts"
import { actorOf } from "../actor.ts"
import { settingsVersion } from "../answers-addresses.ts"
import { mailNameMade, mailNamesView } from "../answers-settings.ts"
import { type Route, route } from "../route.ts"
import { nameOf } from "./addresses.ts"

/** The addresses at the mail domain that people write to. */
export const mailNameRoutes: Route[] = [
  route({
    method: "get",
    path: "/api/mail-names",
    who: "admin",
    summary: "The addresses of the account at its mail domain, and whose they are",
    answer: mailNamesView,
    handle: ({ desk, me }) => desk.store.run("listMailNames", { accountId: me.accountId }, desk.clock.now()),
  }),
  route({
    method: "post",
    path: "/api/mail-names",
    who: "admin",
    summary: "A further address for an agent, a group or the account's inbox",
    body: mailNameBody,
    answer: mailNameMade,
    handle: async ({ desk, me, body }) => {
      const given = { accountId: me.accountId, by: await nameOf(desk, me), actor: actorOf(me), ...body }
      return desk.store.run("addMailName", given, desk.clock.now())
    },
  }),
  route({
    method: "post",
    path: "/api/mail-names/remove",
    who: "admin",
    summary: "Takes an address away: mail to it is refused from then on",
    body: mailNameRemoveBody,
    answer: settingsVersion,
    handle: ({ desk, me, body }) =>
      desk.store.run(
        "removeMailName",
        { accountId: me.accountId, actor: actorOf(me), ...body },
        desk.clock.now(),
      ),
  }),
]
