import { addressBody, addressCodeBody, redirectBody } from "../../../shared/protocol/http.ts"
import { Refusal } from "../../../shared/words/refusals.ts"
import { actorOf } from "../actor.ts"
import { addressConfirmed, codeSent, profileView, settingsVersion } from "../answers-addresses.ts"
import { type Desk, type Me, type Route, route } from "../route.ts"

/** Where an agent's mail goes, and the second addresses of agents, groups and the account. */
export const addressRoutes: Route[] = [
  route({
    method: "get",
    path: "/api/me/profile",
    who: "agent",
    summary: "Own settings: destination, redirect, groups, what the plan has",
    answer: profileView,
    handle: ({ desk, me }) => desk.store.run("readProfile", who(me), desk.clock.now()),
  }),
  route({
    method: "post",
    path: "/api/me/destination",
    who: "agent",
    summary: "Mails a code to a new destination; nothing else goes there before it is confirmed",
    body: addressBody,
    answer: codeSent,
    handle: async ({ desk, me, address, body }) => {
      if (!desk.limits.codes.take(address)) throw tooMany("codes were asked for")
      const sent = await desk.store.run("askDestination", { ...who(me), ...body }, desk.clock.now())
      desk.mailQueued()
      return sent
    },
  }),
  route({
    method: "post",
    path: "/api/me/destination/confirm",
    who: "agent",
    summary: "Confirms the new destination by its code: notices go there, and it is the sign-in address",
    body: addressCodeBody,
    answer: addressConfirmed,
    handle: async ({ desk, me, address, body }) => {
      if (!desk.limits.tries.take(address)) throw tooMany("codes were tried")
      const confirmed = await desk.store.run(
        "confirmDestination",
        { ...who(me), actor: actorOf(me), ...body },
        desk.clock.now(),
      )
      if (confirmed.refused) throw wrong(body.address)
      desk.mailQueued()
      return confirmed
    },
  }),
  route({
    method: "post",
    path: "/api/addresses",
    who: "agent",
    summary: "Mails a code to an address that redirects are to go to",
    body: addressBody,
    answer: codeSent,
    handle: async ({ desk, me, address, body }) => {
      if (!desk.limits.codes.take(address)) throw tooMany("codes were asked for")
      const given = { accountId: me.accountId, by: await nameOf(desk, me), ...body }
      const sent = await desk.store.run("askAddress", given, desk.clock.now())
      desk.mailQueued()
      return sent
    },
  }),
  route({
    method: "post",
    path: "/api/addresses/confirm",
    who: "agent",
    summary: "Confirms an address by its code: redirects can go there from then on",
    body: addressCodeBody,
    answer: addressConfirmed,
    handle: async ({ desk, me, address, body }) => {
      if (!desk.limits.tries.take(address)) throw tooMany("codes were tried")
      const given = { accountId: me.accountId, by: await nameOf(desk, me), actor: actorOf(me), ...body }
      const confirmed = await desk.store.run("confirmAddress", given, desk.clock.now())
      if (confirmed.refused) throw wrong(body.address)
      return confirmed
    },
  }),
  route({
    method: "post",
    path: "/api/addresses/remove",
    who: "admin",
    summary: "Takes a confirmed address back that nothing goes to: redirects need a new code for it",
    body: addressBody,
    answer: settingsVersion,
    handle: ({ desk, me, body }) =>
      desk.store.run(
        "forgetAddress",
        { accountId: me.accountId, actor: actorOf(me), ...body },
        desk.clock.now(),
      ),
  }),
  route({
    method: "put",
    path: "/api/redirects",
    who: "agent",
    summary: "Sets or switches off a redirect or general inbox: one's own, or as an admin anybody's",
    body: redirectBody,
    answer: settingsVersion,
    handle: async ({ desk, me, body }) => {
      const own = body.owner.kind === "agent" && body.owner.id === me.agentId
      if (!own && me.role !== "admin")
        throw new Refusal(
          "forbidden",
          "only an admin can set where mail of others goes: you can set your own",
        )
      const given = { accountId: me.accountId, by: await nameOf(desk, me), actor: actorOf(me), ...body }
      return desk.store.run("setRedirect", given, desk.clock.now())
    },
  }),
]

const who = ({ accountId, agentId }: Me) => ({ accountId, agentId })

/** The name of who asks: mails and verdicts say later who set an address. */
export const nameOf = async ({ store, clock }: Desk, me: Me): Promise<string> => {
  const { me: agent } = await store.run("readProfile", who(me), clock.now())
  return agent.name
}

const wrong = (address: string): Refusal =>
  new Refusal("code-wrong", `this code for ${address} is wrong, used or too old: ask for a new one`)

const tooMany = (what: string): Refusal =>
  new Refusal("too-many", `too many ${what} from your network: try again in a few minutes`)
