import { pushBody } from "../../../shared/protocol/push.ts"
import { Refusal } from "../../../shared/words/refusals.ts"
import type { Unfit } from "../../outside.ts"
import { pushState } from "../answers-push.ts"
import { type Me, type Route, route } from "../route.ts"
import { toolbarOf } from "../toolbar.ts"

/** Push to the device that asks. */
export const pushRoutes: Route[] = [
  route({
    method: "get",
    path: "/api/me/push",
    who: "agent",
    summary: "What this device subscribes to push with, and how it fares",
    answer: pushState,
    handle: async ({ desk, me }) => {
      const { devices } = await toolbarOf(desk, me)
      return { key: desk.push.publicKey, push: devices.find(({ own }) => own)?.push ?? null }
    },
  }),
  route({
    method: "put",
    path: "/api/me/push",
    who: "agent",
    summary:
      "The push subscription of this device, by which it is told of messages; a phone is reachable by it",
    body: pushBody,
    handle: async ({ desk, me, body }) => {
      const { subscription } = body
      const unfit = subscription && (await desk.push.unfit(subscription.endpoint))
      if (unfit) throw new Refusal("bad-input", `${subscription.endpoint} ${WHY[unfit]}`)
      await desk.store.run("setPush", { ...own(me), subscription }, desk.clock.now())
    },
  }),
  route({
    method: "post",
    path: "/api/me/push/test",
    who: "agent",
    summary: "Sends this device a notification, to see that it arrives",
    handle: ({ desk, me }) => desk.store.run("testPush", own(me), desk.clock.now()),
  }),
]

const WHY: Record<Unfit, string> = {
  form: "is no address of a push service: it is to begin with https:// and to have no password in it",
  private: "is in a private network: name that in PORCHLIGHT_PRIVATE_TARGETS if the push service is yours",
  unknown: "is not to be found: the DNS knows no such name",
}

const own = ({ accountId, agentId, deviceId }: Me) => ({ accountId, agentId, deviceId })
