import { useState } from "preact/hooks"
import { Face } from "../../../../shared/desk/views/face.tsx"
import type { MemberView } from "../../../../shared/protocol/views.ts"
import type { AgentId } from "../../../../shared/words/ids.ts"
import { planHas } from "../../../../shared/words/plans.ts"
import { useAdmin } from "../context.ts"
import { Head } from "../kit/page.tsx"
import { TroubleLine } from "../kit/save.tsx"
import { useWork } from "../use-form.ts"
import { ChangeMember } from "./change.tsx"
import { Invite } from "./invite.tsx"
import { MemberRedirect } from "./redirect.tsx"
import { RemoveMember } from "./remove.tsx"

type Asking = { what: "invite" } | { what: "change" | "remove" | "redirect"; id: AgentId }

/** Who answers: invitations, roles, groups, switches; and who no longer does. */
export const Team = () => {
  const { say, settings } = useAdmin()
  const [asking, setAsking] = useState<Asking | null>(null)
  const [said, setSaid] = useState("")
  const close = (): void => setAsking(null)
  const member =
    asking === null || asking.what === "invite" ? undefined : settings.team.find(({ id }) => id === asking.id)
  return (
    <>
      <Head
        title={say("nav.team")}
        lead={say("team.lead")}
        deed={
          <button type="button" class="button primary" onClick={() => setAsking({ what: "invite" })}>
            {say("invite.open")}
          </button>
        }
      />
      <div class="admin-live" role="status">
        {said === "" ? null : (
          <p class="notice small" data-kind="good">
            {said}
          </p>
        )}
      </div>
      <ul class="admin-cards">
        {settings.team.map((one) => (
          <Member key={one.id} member={one} onAsk={(what) => setAsking({ what, id: one.id })} />
        ))}
      </ul>
      {asking?.what === "invite" ? <Invite onInvited={setSaid} onClose={close} /> : null}
      {member !== undefined && asking?.what === "change" ? (
        <ChangeMember member={member} onClose={close} />
      ) : null}
      {member !== undefined && asking?.what === "redirect" ? (
        <MemberRedirect member={member} onClose={close} />
      ) : null}
      {member !== undefined && asking?.what === "remove" ? (
        <RemoveMember member={member} onRemoved={setSaid} onClose={close} />
      ) : null}
    </>
  )
}

const Member = ({
  member,
  onAsk,
}: {
  member: MemberView
  onAsk: (what: "change" | "remove" | "redirect") => void
}) => {
  const { api, say, settings, me } = useAdmin()
  const { busy, trouble, work } = useWork()
  const [invitedAt, setInvitedAt] = useState<string | null>(null)
  const { name, redirect } = member
  const groups = settings.groups.filter(({ id }) => member.groups.includes(id))
  const off = [
    ...(member.offlineNotices ? [] : [say("team.no-offline")]),
    ...(member.missedNotices || !planHas(settings.account.plan, "missed-notices")
      ? []
      : [say("team.no-missed")]),
  ]
  const inviteAgain = (): void =>
    void work(async () => {
      setInvitedAt(null)
      setInvitedAt((await api.inviteAgain(member.id)).address)
    })
  return (
    <li class="card admin-item" data-faded={!member.active}>
      <Face name={name} picture={member.picture} />
      <div class="admin-item-words">
        <h2>
          <bdi>{name}</bdi>
        </h2>
        <p class="admin-pills">
          {member.id === me.id ? <span class="pill">{say("team.you")}</span> : null}
          {member.role === "admin" ? <span class="pill">{say("role.admin")}</span> : null}
          {member.active ? null : (
            <span class="pill" data-kind="bad">
              {say("team.inactive")}
            </span>
          )}
          {member.joined ? null : (
            <span class="pill" data-kind="warn">
              {say("team.not-joined")}
            </span>
          )}
          {groups.map(({ id, name: group }) => (
            <span key={id} class="pill">
              <bdi>{group}</bdi>
            </span>
          ))}
        </p>
        <p class="small soft admin-breaking">{member.address}</p>
        {redirect === null ? null : (
          <p class="small admin-breaking">
            {say(`redirect.${redirect.mode}`, { address: redirect.address })}
          </p>
        )}
        {off.map((words) => (
          <p key={words} class="small soft">
            {words}
          </p>
        ))}
        <p class="small admin-breaking" role="status">
          {invitedAt === null ? null : say("invite.again.done", { address: invitedAt })}
        </p>
        <TroubleLine trouble={trouble} />
      </div>
      <div class="admin-item-deeds">
        {member.joined || !member.active ? null : (
          <button
            type="button"
            class="button small"
            disabled={busy}
            aria-label={say("invite.again.of", { name })}
            onClick={inviteAgain}
          >
            {say("invite.again")}
          </button>
        )}
        <button
          type="button"
          class="button small"
          aria-label={say("change.of", { name })}
          onClick={() => onAsk("change")}
        >
          {say("change")}
        </button>
        <button
          type="button"
          class="button small"
          aria-label={say("redirect.of", { name })}
          onClick={() => onAsk("redirect")}
        >
          {say("redirect")}
        </button>
        {member.id === me.id ? null : (
          <button
            type="button"
            class="button small danger"
            aria-label={say("remove.of", { name })}
            onClick={() => onAsk("remove")}
          >
            {say("remove")}
          </button>
        )}
      </div>
    </li>
  )
}
