import { onTestFinished } from "vitest"
import type { OfficeHours } from "../../../shared/words/hours.ts"
import type { AgentId, ConversationId, GroupId, SiteId } from "../../../shared/words/ids.ts"
import type { DeviceKind, Intent, NoticeKind } from "../../../shared/words/nouns.ts"
import type { Reason } from "../../../shared/words/reasons.ts"
import { type Millis, SECOND } from "../../../shared/words/time.ts"
import { openWorld } from "../../kit/world.ts"

export const s = (seconds: number): Millis => seconds * SECOND

/** Open every day from and to these times of the clock, in UTC; the world begins at 09:00. */
export const daily = (from: string, to: string): OfficeHours => ({
  zone: "UTC",
  week: ([1, 2, 3, 4, 5, 6, 7] as const).map((day) => ({ day, from, to })),
  exceptions: [],
})

/** A company of the world kit (grace and wait 120 s, agents away), with what people do to it in few words. */
export const openHouse = async ({ agents = 2, devices = 1 } = {}) => {
  const w = await openWorld({ agents, devices })
  onTestFinished(() => w.close())
  const { accountId, visitorId } = w
  const [ada, ben, cleo] = w.team
  let keys = 0
  let conversation: ConversationId | null = null

  const by = (agent: { id: AgentId }) => ({ accountId, agentId: agent.id, conversationId: conversation! })
  const rows = async (kind: NoticeKind, agent: { id: AgentId }, seq: number) =>
    (await w.look()).verdicts.find((one) => one.kind === kind && one.agent_id === agent.id && one.seq === seq)

  return {
    w,
    ada: ada!,
    ben: ben!,
    cleo: cleo!,
    /** Somebody is at their first device, in use from now on until they quit or fall silent. */
    here: (agent: (typeof w.team)[number]) => w.beat(agent.devices[0]!, "active"),
    quit: (agent: (typeof w.team)[number]) => w.quit(agent.devices[0]!),
    light: async (groupId: GroupId | "" = ""): Promise<boolean> => {
      const place = { siteId: w.siteId as SiteId, tag: groupId || null, chosen: null }
      const { lights } = await w.run("readLights", { accountId, places: [place] })
      return lights[0]!.on
    },
    write: async (text = "Is anybody there?", groupId: GroupId | null = null): Promise<number> => {
      keys += 1
      const key = `key-${String(keys).padStart(8, "0")}`
      const siteId = w.siteId as SiteId
      const given = { accountId, siteId, groupId, visitorId, key, text, page: null }
      const written = await w.run("takeVisitorMessage", given)
      conversation = written.conversationId
      return written.message.seq
    },
    tab: (open: boolean, tabId = "tab-00001") =>
      w.run(open ? "openTab" : "closeTab", { accountId, visitorId, tabId, relayId: "relay" }),
    open: (agent: { id: AgentId }, seq: number) => w.run("openConversation", { ...by(agent), seq }),
    join: (agent: { id: AgentId }) => w.run("joinConversation", by(agent)),
    handBack: (agent: { id: AgentId }) => w.run("handBackConversation", by(agent)),
    close: (agent: { id: AgentId }) => w.run("closeConversation", by(agent)),
    answer: (agent: { id: AgentId }, text = "Yes") => {
      keys += 1
      return w.run("answerConversation", { ...by(agent), key: `answer-${keys}-0000`, text })
    },
    group: async (name: string, members: { id: AgentId }[], hours?: OfficeHours): Promise<GroupId> => {
      const ids = members.map((one) => one.id)
      const { groupId } = await w.run("createGroup", { accountId, name, members: ids })
      if (hours) await w.run("setGroup", { accountId, groupId, hours })
      return groupId
    },
    account: (change: Omit<Parameters<typeof w.run<"setAccount">>[1], "accountId">) =>
      w.run("setAccount", { accountId, ...change }),
    agent: (
      agent: { id: AgentId },
      change: { offlineNotices?: boolean; missedNotices?: boolean; active?: boolean },
    ) => w.run("setAgent", { accountId, agentId: agent.id, ...change }),
    kind: (kind: DeviceKind) => w.run("patch", { table: "devices", set: { kind } }),
    intentOf: async (agent: { id: AgentId }): Promise<Intent> => {
      const { agents } = await w.run("look", { accountId })
      return agents.find((one) => one.id === agent.id)!.intent
    },
    /** Mails that went into the queue: kind, seconds after the start, address. */
    sent: async (): Promise<[string, number, string][]> =>
      (await w.look()).deliveries
        .map((mail): [string, number, string] => [
          mail.kind,
          (mail.created_at - w.start) / SECOND,
          mail.to_address,
        ])
        .sort((a, b) => a[1] - b[1] || a[2].localeCompare(b[2])),
    /** What was decided about an agent and a message. */
    reason: async (agent: { id: AgentId }, seq = 1, kind: NoticeKind = "offline"): Promise<Reason | null> => {
      const row = await rows(kind, agent, seq)
      return row ? (JSON.parse(row.facts) as Reason) : null
    },
    batch: async () => {
      const [of] = (await w.look()).conversations
      return { kind: of!.batch, due: of!.due_at === null ? null : (of!.due_at - w.start) / SECOND }
    },
    covered: async () =>
      (await w.look()).messages.filter((m) => m.author === "visitor").map((m) => m.covered_by),
  }
}
