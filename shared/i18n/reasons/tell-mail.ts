import { assertNever } from "../../words/assert-never.ts"
import { type Reason, routeOf } from "../../words/reasons.ts"
import { handOverBlocked, handOverDelivered, handOverRefused, handOverUnreachable } from "./hand-over.ts"
import { providerOf } from "./mail-server.ts"
import type { Telling, Told, ToldLink } from "./told.ts"

type OfCode<Code extends Reason["code"]> = Extract<Reason, { code: Code }>
type MailReason = OfCode<
  | "sent-to"
  | "delivered"
  | "captured"
  | "deferred"
  | "mailbox-full"
  | "address-wrong"
  | "domain-blocked"
  | "refused"
  | "dropped"
  | "held"
>

/** What became of a mail that there is, in words: where it is, what its server said, and what to do then. */
export const tellMail = (reason: MailReason, telling: Telling): Told => {
  const { say, language, zone, on } = telling
  const told = { link: null, handOver: null }
  const { address } = reason
  const inbox = routeOf(reason)?.via === "inbox"
  const changed: ToldLink = inbox ? "admin-notices" : "profile"
  switch (reason.code) {
    case "sent-to":
      return {
        text: say("sent-to", { address, at: on(reason.at) }),
        todo: say(inbox ? "sent-to.todo.inbox" : "sent-to.todo"),
        link: changed,
        handOver: null,
      }
    case "delivered":
      return {
        text: say("delivered", {
          server: reason.server,
          address,
          answer: quoted(reason, telling),
          at: on(reason.at),
        }),
        todo: toFind(reason, telling),
        link: null,
        handOver: handOverDelivered(reason, language, zone),
      }
    case "captured":
      return { ...told, text: say("captured", { address, at: on(reason.at) }), todo: say("captured.todo") }
    case "deferred": {
      const key = reason.why === undefined ? "deferred" : (`deferred.${reason.why}` as const)
      const tries = say("tries", { next: on(reason.nextAt), end: on(reason.givesUpAt) })
      const text = `${say(key, { address, answer: quoted(reason, telling) })} ${tries}`
      const todo = say(reason.why === "connection" ? "deferred.connection.todo" : "deferred.todo")
      return { ...told, text, todo }
    }
    case "mailbox-full": {
      const next = reason.nextAt === null ? [] : [say("next-try", { next: on(reason.nextAt) })]
      const text = [refusal("mailbox-full", reason, telling), ...next].join(" ")
      return {
        ...told,
        text,
        todo: say(reason.nextAt === null ? "mailbox-full.todo.over" : "mailbox-full.todo"),
      }
    }
    case "address-wrong":
      return {
        text: refusal("address-wrong", reason, telling),
        todo: say(inbox ? "address-wrong.todo.inbox" : "address-wrong.todo"),
        link: changed,
        handOver: null,
      }
    case "domain-blocked":
      return {
        text: refusal("domain-blocked", reason, telling),
        todo: say("domain-blocked.todo"),
        link: "allow",
        handOver: handOverBlocked(reason, language, zone),
      }
    case "refused":
      return {
        text: refusal(`refused.${reason.kind}`, reason, telling),
        todo: say(REFUSED_TODO[reason.kind]),
        link: reason.kind === "policy" ? "allow" : null,
        handOver: (reason.kind === "unreachable" ? handOverUnreachable : handOverRefused)(
          reason,
          language,
          zone,
        ),
      }
    case "dropped":
      return {
        ...told,
        text: reason.note
          ? say("dropped.note", { by: reason.by, address, note: quoted({ answer: reason.note }, telling) })
          : say("dropped", { by: reason.by, address }),
        todo: say("dropped.todo", { by: reason.by }),
      }
    case "held":
      return {
        ...told,
        text: say("held", { by: reason.by, address, note: quoted({ answer: reason.note }, telling) }),
        todo: say("held.todo", { by: reason.by }),
      }
    default:
      return assertNever(reason)
  }
}

const REFUSED_TODO = {
  "too-large": "refused.too-large.todo",
  policy: "refused.todo",
  unknown: "refused.todo",
  unreachable: "refused.unreachable.todo",
} as const

/** A server's own words as a quotation that ends its sentence, on one line. */
const quoted = ({ answer }: { answer: string }, { say }: Telling): string =>
  say("quoted", { answer: answer.replace(/\s+/g, " ").trim() })

/** That a server did not take it, in its words, and when it said so. */
const refusal = (
  key: "mailbox-full" | "address-wrong" | "domain-blocked" | `refused.${OfCode<"refused">["kind"]}`,
  reason: OfCode<"mailbox-full" | "address-wrong" | "domain-blocked" | "refused">,
  telling: Telling,
): string => {
  const { say, on } = telling
  const words = say(key, { address: reason.address, answer: quoted(reason, telling) })
  const when = reason.bounced ? "bounced-at" : "said-at"
  return reason.at === undefined ? words : `${words} ${say(when, { at: on(reason.at) })}`
}

/** How to find a mail that a server took: by whom and by what to search, and where that kind of server puts spam. */
const toFind = (reason: OfCode<"delivered">, { say }: Telling): string => {
  const search =
    reason.mail === undefined
      ? say("delivered.todo.plain")
      : say("delivered.todo", { sender: reason.mail.sender, subject: reason.mail.subject })
  return [search, say(`find.${providerOf(reason)}`), say("delivered.admin")].join(" ")
}
