import { WebSocket } from "ws"
import type { VisitorFrame, VisitorPush } from "../../shared/protocol/live.ts"

export interface VisitorPlan {
  /** Origin of the relay. */
  url: string
  siteKey: string
  /** Who they are, if they were here before. */
  visitor?: string | null
  /** What the tag names, and what was chosen before in this visit. */
  group?: string | null
  chosen?: string | null
  /** Network address that they come from, as a proxy would say it. */
  from?: string
  /** What their browser says of itself. */
  userAgent?: string
}

/** A chat box without its looks: speaks the protocol of /live/visitor and keeps all it was told. */
export interface VisitorSocket {
  pushes: VisitorPush[]
  send(frame: VisitorFrame): void
  /** The first push, already here or still to come, that is as asked; throws after the deadline or when closed. */
  push<P extends VisitorPush>(is: (push: VisitorPush) => push is P, deadlineMs?: number): Promise<P>
  /** `<id>.<secret>`, once known. */
  visitor(): string | null
  /** Resolves with the close code. */
  closed: Promise<number>
  close(): Promise<void>
}

/** Pushes of one type. */
export const ofType =
  <T extends VisitorPush["type"]>(type: T) =>
  (push: VisitorPush): push is Extract<VisitorPush, { type: T }> =>
    push.type === type

/** Connects and says hello. Throws when the relay does not welcome it. */
export const connectVisitor = async (plan: VisitorPlan): Promise<VisitorSocket> => {
  const socket = new WebSocket(`${plan.url.replace(/^http/, "ws")}/live/visitor`, {
    origin: plan.url,
    headers: {
      ...(plan.from !== undefined && { "X-Forwarded-For": plan.from }),
      ...(plan.userAgent !== undefined && { "User-Agent": plan.userAgent }),
    },
  })
  const pushes: VisitorPush[] = []
  const looking = new Set<() => void>()
  let visitor = plan.visitor ?? null
  let open = true
  socket.on("message", (data) => {
    const push = JSON.parse(String(data)) as VisitorPush
    pushes.push(push)
    if (push.type === "you") visitor = push.visitor
    for (const look of looking) look()
  })
  const closed = new Promise<number>((resolve) => {
    socket.once("close", (code) => {
      open = false
      resolve(code)
      for (const look of looking) look()
    })
  })
  // Whatever went wrong, a close follows.
  socket.on("error", () => {})

  const self: VisitorSocket = {
    pushes,
    send: (frame) => socket.send(JSON.stringify(frame)),
    push: (is, deadlineMs = 30_000) =>
      new Promise((resolve, reject) => {
        const done = (): void => {
          clearTimeout(deadline)
          looking.delete(look)
        }
        const deadline = setTimeout(() => {
          done()
          reject(
            new Error(`no such push within ${deadlineMs / 1000} s; there were ${JSON.stringify(pushes)}`),
          )
        }, deadlineMs)
        const look = (): void => {
          const found = pushes.find(is)
          if (found === undefined && open) return
          done()
          if (found === undefined) reject(new Error("the socket was closed"))
          else resolve(found)
        }
        looking.add(look)
        look()
      }),
    visitor: () => visitor,
    closed,
    close: async () => {
      socket.close()
      await closed
    },
  }

  await new Promise<void>((resolve, reject) => {
    socket.once("open", resolve)
    void closed.then((code) => reject(new Error(`the relay did not take the socket (${code})`)))
  })
  self.send({
    type: "hello",
    site: plan.siteKey,
    group: plan.group ?? null,
    chosen: plan.chosen ?? null,
    tab: crypto.randomUUID(),
    visitor: plan.visitor ?? null,
  })
  await self.push(ofType("welcome"))
  return self
}
