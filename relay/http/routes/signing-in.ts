import { codeBody, setupBody, signInBody, signOutBody } from "../../../shared/protocol/http.ts"
import { Refusal } from "../../../shared/words/refusals.ts"
import { SECOND } from "../../../shared/words/time.ts"
import { setupAnswer, signInAnswer } from "../answers.ts"
import { checkKey } from "../keys.ts"
import { type Route, route } from "../route.ts"
import { snippet } from "../snippet.ts"
import { toolbarOf } from "../toolbar.ts"

/** First run, and how devices come to their bearer token and lose it. */
export const signingInRoutes: Route[] = [
  route({
    method: "post",
    path: "/api/setup",
    who: "key",
    summary: "First run: company, first agent, site",
    body: setupBody,
    answer: setupAnswer,
    handle: async ({ desk, body }) => {
      checkKey(body.key, desk.setupKey)
      const { company, agent, site, graceSeconds, waitSeconds } = body
      const { siteKey } = await desk.store.run(
        "setUp",
        {
          actor: { way: "set-up" },
          company,
          agent,
          site,
          graceMs: graceSeconds === undefined ? desk.config.graceMs : graceSeconds * SECOND,
          waitMs: waitSeconds === undefined ? desk.config.waitMs : waitSeconds * SECOND,
        },
        desk.clock.now(),
      )
      return { siteKey, snippet: snippet(desk.config.publicUrl, siteKey) }
    },
  }),
  route({
    method: "post",
    path: "/api/sign-in/code",
    who: "public",
    summary: "Mails a six-digit code, if an agent has this address; the answer does not say",
    body: codeBody,
    handle: async ({ desk, address, body }) => {
      if (!desk.limits.codes.take(address)) throw tooMany("codes were asked for")
      await desk.store.run("askSignInCode", { address: body.address }, desk.clock.now())
      desk.mailQueued()
    },
  }),
  route({
    method: "post",
    path: "/api/sign-in",
    who: "public",
    summary: "The code for a bearer token of this device",
    body: signInBody,
    answer: signInAnswer,
    handle: async ({ desk, address, body }) => {
      if (!desk.limits.tries.take(address)) throw tooMany("codes were tried")
      const signedIn = await desk.store.run("signIn", body, desk.clock.now())
      if (signedIn.refused)
        throw new Refusal(signedIn.refused, "this code is wrong, used or too old: ask for a new one")
      const { token, ...ids } = signedIn
      const toolbar = await toolbarOf(desk, ids)
      return { token, device: ids.deviceId, account: toolbar.account, agent: toolbar.me }
    },
  }),
  route({
    method: "post",
    path: "/api/sign-out",
    who: "agent",
    summary: "Ends this device; `unavailable` takes the light at once instead of after the grace",
    body: signOutBody,
    handle: async ({ desk, me, body }) => {
      const { role: _, ...device } = me
      await desk.store.run("signOut", { ...device, unavailable: body.unavailable }, desk.clock.now())
    },
  }),
]

const tooMany = (what: string): Refusal =>
  new Refusal("too-many", `too many ${what} from your network: try again in a few minutes`)
