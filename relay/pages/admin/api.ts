import type { z } from "zod"
import { caller } from "../../../shared/desk/http-port.ts"
import { openLive } from "../../../shared/desk/live-socket.ts"
import type { DeskNews } from "../../../shared/desk/port.ts"
import type {
  accountBody,
  groupBody,
  groupChangeBody,
  mailNameBody,
  memberBody,
  memberChangeBody,
  siteBody,
  siteBoxBody,
  siteChangeBody,
} from "../../../shared/protocol/http.ts"
import type { MailHealthView, ProbeView } from "../../../shared/protocol/mail-health-views.ts"
import type {
  DeliveryView,
  DestinationView,
  Foresight,
  MailNameView,
  RedirectView,
  SettingsView,
  TimelineView,
} from "../../../shared/protocol/views.ts"
import type { AgentId, DeliveryId, GroupId, PictureId, SiteId } from "../../../shared/words/ids.ts"
import type { DeliveryState, InboxMode } from "../../../shared/words/nouns.ts"
import type { Millis } from "../../../shared/words/time.ts"
import { type RecordApi, recordApi } from "./api-record.ts"

/** Every change of settings answers with the version they have now. */
export interface Versioned {
  version: number
}

export type AccountChange = z.input<typeof accountBody>
export type NewGroup = z.input<typeof groupBody>
export type GroupChange = z.input<typeof groupChangeBody>
export type NewSite = z.input<typeof siteBody>
export type SiteChange = z.input<typeof siteChangeBody>
export type SiteBoxChange = z.input<typeof siteBoxBody>
export type NewMailName = z.input<typeof mailNameBody>
export type NewMember = z.input<typeof memberBody>
export type MemberChange = z.input<typeof memberChangeBody>
export interface MailNames {
  domain: string
  /** It is the account's own, not the relay's. */
  own: boolean
  names: MailNameView[]
}
/** Moments [from, to); `agentId`: only their lanes. */
export interface Period {
  from: Millis
  to: Millis
  agentId?: AgentId
}

/**
 * What the admin screens ask of the relay. Every call rejects with a `Refusal` (why, with facts), with
 * `Unreachable`, or with an `AbortError` when its signal was aborted. Changes that carry a `version` are refused
 * as `stale` when the settings have changed since.
 */
export interface AdminApi extends RecordApi {
  settings(signal?: AbortSignal): Promise<SettingsView>
  saveAccount(change: AccountChange): Promise<Versioned>
  addGroup(group: NewGroup): Promise<Versioned & { groupId: GroupId }>
  saveGroup(id: GroupId, change: GroupChange): Promise<Versioned>
  /** Open conversations of it go on without a group. */
  deleteGroup(id: GroupId): Promise<Versioned>
  addSite(site: NewSite): Promise<Versioned>
  saveSite(id: SiteId, change: SiteChange): Promise<Versioned>
  saveSiteBox(id: SiteId, box: SiteBoxChange): Promise<Versioned>
  /** The one before stops working. */
  makeIdentityKey(id: SiteId): Promise<Versioned & { key: string }>
  invite(member: NewMember): Promise<Versioned & { agentId: AgentId }>
  /** The invitation once more, for who has not signed in yet. */
  inviteAgain(id: AgentId): Promise<{ address: string }>
  saveMember(id: AgentId, change: MemberChange): Promise<Versioned>
  /** Ends their devices and hands their conversations back. */
  removeMember(id: AgentId): Promise<Versioned>
  picture(id: PictureId): Promise<Blob>
  mailNames(signal?: AbortSignal): Promise<MailNames>
  addMailName(name: NewMailName): Promise<Versioned>
  /** Mail to it is refused from then on. */
  removeMailName(name: string): Promise<Versioned>
  /** Mails a code to an address that redirects are to go to. */
  askAddress(address: string): Promise<{ expiresAt: Millis }>
  confirmAddress(address: string, code: string): Promise<{ address: string }>
  /** Takes back what is confirmed; refused while something goes there. */
  forgetAddress(address: string): Promise<Versioned>
  /** Null switches the redirect or the general inbox off. */
  setRedirect(
    owner: RedirectView["owner"],
    redirect: { address: string; mode: InboxMode } | null,
  ): Promise<Versioned>
  /** Null: as for a conversation without a group. */
  simulate(groupId: GroupId | null, signal?: AbortSignal): Promise<Foresight>
  timeline(period: Period, signal?: AbortSignal): Promise<TimelineView>
  /** What was looked up within the last minute; `anew`: now. */
  mailHealth(anew: boolean, signal?: AbortSignal): Promise<MailHealthView>
  probes(signal?: AbortSignal): Promise<{ probes: ProbeView[] }>
  /** How the addresses fare that mail goes to, and which may be a fallback. */
  destinations(signal?: AbortSignal): Promise<{ destinations: DestinationView[]; targets: string[] }>
  /** What gets notices along with an address while that one keeps failing; null for none. */
  setFallback(address: string, fallback: string | null): Promise<DestinationView>
  /** A trial mail to any address. */
  sendProbe(to: string): Promise<{ id: DeliveryId }>
  /** Mails of the account, newest first. */
  queue(state: DeliveryState | null, signal?: AbortSignal): Promise<{ mails: DeliveryView[] }>
  retryMail(id: DeliveryId): Promise<void>
  /** Whoever waits for the mail reads the reason. */
  holdMail(id: DeliveryId, reason: string): Promise<void>
  dropMail(id: DeliveryId, reason: string): Promise<void>
  /** What happens in the account, as it happens. Returns how to stop. */
  live(listener: (news: DeskNews) => void): () => void
}

/** The API of the relay at this origin, as the agent of the token. */
export const adminApi = (options: { relay: string; token: string }): AdminApi => {
  const call = caller(options)
  const post = <T>(path: string, body: unknown): Promise<T> => call.json<T>("POST", path, body)
  const patch = (path: string, body: unknown): Promise<Versioned> => call.json("PATCH", path, body)
  return {
    ...recordApi(call),
    settings: (signal) => call.json("GET", "/api/settings", undefined, signal),
    saveAccount: (change) => patch("/api/settings", change),
    addGroup: (group) => post("/api/groups", group),
    saveGroup: (id, change) => patch(`/api/groups/${id}`, change),
    deleteGroup: (id) => post(`/api/groups/${id}/delete`, {}),
    addSite: (site) => post("/api/sites", site),
    saveSite: (id, change) => patch(`/api/sites/${id}`, change),
    saveSiteBox: (id, box) => call.json("PUT", `/api/sites/${id}/box`, box),
    makeIdentityKey: (id) => post(`/api/sites/${id}/identity-key`, {}),
    invite: (member) => post("/api/team", member),
    inviteAgain: (id) => post(`/api/team/${id}/invite`, {}),
    saveMember: (id, change) => patch(`/api/team/${id}`, change),
    removeMember: (id) => post(`/api/team/${id}/remove`, {}),
    picture: (id) => call.file(`/api/pictures/${id}`),
    mailNames: (signal) => call.json("GET", "/api/mail-names", undefined, signal),
    addMailName: (name) => post("/api/mail-names", name),
    removeMailName: (name) => post("/api/mail-names/remove", { name }),
    askAddress: (address) => post("/api/addresses", { address }),
    confirmAddress: (address, code) => post("/api/addresses/confirm", { address, code }),
    forgetAddress: (address) => post("/api/addresses/remove", { address }),
    setRedirect: (owner, redirect) => call.json("PUT", "/api/redirects", { owner, redirect }),
    mailHealth: (anew, signal) =>
      anew
        ? call.json("POST", "/api/mail-health/look", {}, signal)
        : call.json("GET", "/api/mail-health", undefined, signal),
    probes: (signal) => call.json("GET", "/api/mail-health/probes", undefined, signal),
    sendProbe: (to) => post("/api/mail-health/probes", { to }),
    destinations: (signal) => call.json("GET", "/api/mail/destinations", undefined, signal),
    setFallback: (address, fallback) =>
      call.json("PUT", "/api/mail/destinations/fallback", { address, fallback }),
    simulate: (groupId, signal) =>
      call.json("GET", `/api/simulate${groupId === null ? "" : `?groupId=${groupId}`}`, undefined, signal),
    timeline: ({ from, to, agentId }, signal) => {
      const query = new URLSearchParams({ from: String(from), to: String(to), ...(agentId && { agentId }) })
      return call.json("GET", `/api/timeline?${query}`, undefined, signal)
    },
    queue: (state, signal) =>
      call.json("GET", `/api/queue${state === null ? "" : `?state=${state}`}`, undefined, signal),
    retryMail: (id) => call.nothing("POST", `/api/queue/${id}/retry`),
    holdMail: (id, reason) => call.nothing("POST", `/api/queue/${id}/hold`, { reason }),
    dropMail: (id, reason) => call.nothing("POST", `/api/queue/${id}/drop`, { reason }),
    live: (listener) => openLive({ ...options, role: "screen", listener }).stop,
  }
}
