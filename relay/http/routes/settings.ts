import { z } from "@hono/zod-openapi"
import { accountBody, groupBody, groupChangeBody, versionBody } from "../../../shared/protocol/http.ts"
import type { AgentId, GroupId } from "../../../shared/words/ids.ts"
import { SECOND } from "../../../shared/words/time.ts"
import { actorOf } from "../actor.ts"
import { settingsVersion } from "../answers-addresses.ts"
import { groupMade, settingsView } from "../answers-settings.ts"
import { type Route, route } from "../route.ts"

const byId = z.object({ id: z.string().max(64) })

const inMs = (seconds: number | undefined) => (seconds === undefined ? undefined : seconds * SECOND)

/** All settings of the account, and its groups, for admins. */
export const settingsRoutes: Route[] = [
  route({
    method: "get",
    path: "/api/settings",
    who: "admin",
    summary: "All settings of the account, its groups, sites and team",
    answer: settingsView,
    handle: ({ desk, me }) => desk.store.run("readSettings", { accountId: me.accountId }, desk.clock.now()),
  }),
  route({
    method: "patch",
    path: "/api/settings",
    who: "admin",
    summary: "Names, times, switches, hours and the bot's texts of the account; a stale version is refused",
    body: accountBody,
    answer: settingsVersion,
    handle: ({ desk, me, body: { graceSeconds, waitSeconds, ...body } }) => {
      const times = { graceMs: inMs(graceSeconds), waitMs: inMs(waitSeconds) }
      return desk.store.run(
        "setAccount",
        { accountId: me.accountId, actor: actorOf(me), ...body, ...times },
        desk.clock.now(),
      )
    },
  }),
  route({
    method: "post",
    path: "/api/groups",
    who: "admin",
    summary: "A new group",
    body: groupBody,
    answer: groupMade,
    handle: ({ desk, me, body }) => {
      const members = body.members as AgentId[]
      return desk.store.run(
        "createGroup",
        { accountId: me.accountId, actor: actorOf(me), ...body, members },
        desk.clock.now(),
      )
    },
  }),
  route({
    method: "patch",
    path: "/api/groups/{id}",
    who: "admin",
    summary: "Name, members (all of them) or hours of a group; hours null: those of the account",
    params: byId,
    body: groupChangeBody,
    answer: settingsVersion,
    handle: ({ desk, me, params, body }) => {
      const which = { accountId: me.accountId, actor: actorOf(me), groupId: params.id as GroupId }
      const members = body.members as AgentId[] | undefined
      return desk.store.run("setGroup", { ...which, ...body, members }, desk.clock.now())
    },
  }),
  route({
    method: "post",
    path: "/api/groups/{id}/delete",
    who: "admin",
    summary: "A group is no more: its conversations concern everybody",
    params: byId,
    body: versionBody,
    answer: settingsVersion,
    handle: ({ desk, me, params, body }) => {
      const which = { accountId: me.accountId, actor: actorOf(me), groupId: params.id as GroupId }
      return desk.store.run("deleteGroup", { ...which, ...body }, desk.clock.now())
    },
  }),
]
