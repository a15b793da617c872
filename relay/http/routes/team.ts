import { z } from "@hono/zod-openapi"
import {
  memberBody,
  memberChangeBody,
  siteBody,
  siteChangeBody,
  versionBody,
} from "../../../shared/protocol/http.ts"
import type { AgentId, GroupId, SiteId } from "../../../shared/words/ids.ts"
import { Refusal } from "../../../shared/words/refusals.ts"
import { actorOf } from "../actor.ts"
import { settingsVersion } from "../answers-addresses.ts"
import { memberMade, siteMade } from "../answers-settings.ts"
import { type Route, route } from "../route.ts"
import { snippet } from "../snippet.ts"

const byId = z.object({ id: z.string().max(64) })
const invited = z.object({ address: z.string() })

/** The account's sites and its team, for admins. */
export const teamRoutes: Route[] = [
  route({
    method: "post",
    path: "/api/sites",
    who: "admin",
    summary: "A new site, and its tag",
    body: siteBody,
    answer: siteMade,
    handle: async ({ desk, me, body }) => {
      const given = { accountId: me.accountId, actor: actorOf(me), ...body, groups: body.groups as GroupId[] }
      const made = await desk.store.run("createSite", given, desk.clock.now())
      return { ...made, snippet: snippet(desk.config.publicUrl, made.siteKey) }
    },
  }),
  route({
    method: "patch",
    path: "/api/sites/{id}",
    who: "admin",
    summary: "Name, origins, language of a site, or the groups that its visitors choose from",
    params: byId,
    body: siteChangeBody,
    answer: settingsVersion,
    handle: ({ desk, me, params, body }) => {
      const which = { accountId: me.accountId, actor: actorOf(me), siteId: params.id as SiteId }
      const groups = body.groups as GroupId[] | undefined
      return desk.store.run("setSite", { ...which, ...body, groups }, desk.clock.now())
    },
  }),
  route({
    method: "post",
    path: "/api/team",
    who: "admin",
    summary: "A new agent, who is invited by mail",
    body: memberBody,
    answer: memberMade,
    handle: async ({ desk, me, body }) => {
      const who = { accountId: me.accountId, by: me.agentId, actor: actorOf(me) }
      const given = { ...who, ...body, groups: body.groups as GroupId[] }
      const made = await desk.store.run("inviteAgent", given, desk.clock.now())
      desk.mailQueued()
      return made
    },
  }),
  route({
    method: "patch",
    path: "/api/team/{id}",
    who: "admin",
    summary: "Name, role, groups (all of them) or switches of an agent; not active: signed out everywhere",
    params: byId,
    body: memberChangeBody,
    answer: settingsVersion,
    handle: ({ desk, me, params, body }) => {
      const which = { accountId: me.accountId, actor: actorOf(me), agentId: params.id as AgentId }
      const groups = body.groups as GroupId[] | undefined
      return desk.store.run("setAgent", { ...which, ...body, groups }, desk.clock.now())
    },
  }),
  route({
    method: "post",
    path: "/api/team/{id}/invite",
    who: "admin",
    summary: "The invitation once more, to an agent who has not signed in yet",
    params: byId,
    answer: invited,
    handle: async ({ desk, me, address, params }) => {
      if (!desk.limits.codes.take(address))
        throw new Refusal(
          "too-many",
          "too many mails were asked for from your network: try again in a few minutes",
        )
      const which = { accountId: me.accountId, by: me.agentId, agentId: params.id as AgentId }
      const sent = await desk.store.run("inviteAgain", which, desk.clock.now())
      desk.mailQueued()
      return sent
    },
  }),
  route({
    method: "post",
    path: "/api/team/{id}/remove",
    who: "admin",
    summary: "An agent leaves for good: signed out everywhere, and their address is free",
    params: byId,
    body: versionBody,
    answer: settingsVersion,
    handle: ({ desk, me, params, body }) => {
      const which = { accountId: me.accountId, actor: actorOf(me), agentId: params.id as AgentId }
      return desk.store.run("removeAgent", { ...which, ...body }, desk.clock.now())
    },
  }),
]
