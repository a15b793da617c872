import webPush from "web-push"
import { pushWords } from "../../shared/i18n/push/index.ts"
import type { PushPayload } from "../../shared/protocol/push.ts"
import { type Millis, SECOND } from "../../shared/words/time.ts"
import type { ClaimedPush } from "../actions/claim-pushes.ts"
import type { PushIdentity } from "./push.ts"

/** What a notification shows of a message; a push carries 3,993 bytes at most (RFC 8291 4). */
const TEXT = 160

/** What the device is told, in its agent's language. */
export const payloadOf = ({ what, language, conversationId }: ClaimedPush): PushPayload => {
  const say = pushWords(language)
  switch (what.kind) {
    case "close":
      return { type: "close", conversation: conversationId }
    case "test":
      return {
        type: "test",
        lang: language,
        title: say("test.title"),
        text: say("test.text", { account: what.account }),
      }
    case "message":
      return {
        type: "message",
        lang: language,
        conversation: conversationId,
        title:
          what.visitor === ""
            ? say("message.unnamed", { site: what.site })
            : say("message.title", { visitor: what.visitor, site: what.site }),
        text: cut(what.text),
        at: what.at,
      }
  }
}

const cut = (text: string): string => {
  const plain = text.replaceAll(/\s+/g, " ").trim()
  const letters = [...plain]
  return letters.length <= TEXT ? plain : `${letters.slice(0, TEXT - 1).join("")}…`
}

/**
 * The request to a push service: encrypted for the device alone (aes128gcm, RFC 8291), signed as this relay
 * (VAPID, RFC 8292), with time to live, urgency and topic (RFC 8030 5). One topic a conversation: what takes a
 * notification away replaces one that still waits for the device.
 */
export const headersFor = (
  { subscription, conversationId, what, givesUpAt }: ClaimedPush,
  payload: PushPayload,
  { subject, publicKey, privateKey }: PushIdentity,
  now: Millis,
): { headers: Record<string, string>; body: Uint8Array } => {
  const { headers, body } = webPush.generateRequestDetails(subscription, JSON.stringify(payload), {
    vapidDetails: { subject, publicKey, privateKey },
    contentEncoding: "aes128gcm",
    TTL: Math.max(0, Math.ceil((givesUpAt - now) / SECOND)),
    urgency: what.kind === "close" ? "normal" : "high",
    ...(conversationId === "" ? {} : { topic: conversationId }),
  })
  const all = Object.entries(headers).map(([name, value]) => [name, String(value)])
  return { headers: Object.fromEntries(all), body }
}
