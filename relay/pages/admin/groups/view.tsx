import { useState } from "preact/hooks"
import { listOf } from "../../../../shared/i18n/formatter.ts"
import type { GroupView } from "../../../../shared/protocol/views.ts"
import type { GroupId } from "../../../../shared/words/ids.ts"
import { useAdmin } from "../context.ts"
import { Head, PlanNote } from "../kit/page.tsx"
import { hashOf } from "../route.ts"
import { AddGroup } from "./add.tsx"
import { ChangeGroup } from "./change.tsx"
import { DeleteGroup } from "./delete.tsx"

type Asking = { what: "add" } | { what: "change" | "delete"; id: GroupId }

/** Who answers for which concern. */
export const Groups = () => {
  const { say, settings } = useAdmin()
  const [asking, setAsking] = useState<Asking | null>(null)
  const close = (): void => setAsking(null)
  const group =
    asking === null || asking.what === "add" ? undefined : settings.groups.find(({ id }) => id === asking.id)
  return (
    <>
      <Head
        title={say("nav.groups")}
        lead={say("groups.lead")}
        deed={
          <button type="button" class="button primary" onClick={() => setAsking({ what: "add" })}>
            {say("group.add")}
          </button>
        }
      />
      <PlanNote feature="groups" />
      {settings.groups.length === 0 ? (
        <p class="card soft">{say("groups.none")}</p>
      ) : (
        <ul class="admin-cards">
          {settings.groups.map((one) => (
            <Group key={one.id} group={one} onAsk={(what) => setAsking({ what, id: one.id })} />
          ))}
        </ul>
      )}
      {asking?.what === "add" ? <AddGroup onClose={close} /> : null}
      {group !== undefined && asking?.what === "change" ? (
        <ChangeGroup group={group} onClose={close} />
      ) : null}
      {group !== undefined && asking?.what === "delete" ? (
        <DeleteGroup group={group} onClose={close} />
      ) : null}
    </>
  )
}

const Group = ({ group, onAsk }: { group: GroupView; onAsk: (what: "change" | "delete") => void }) => {
  const { say, language, settings } = useAdmin()
  const { id, name, members, inbox, hours, light } = group
  const names = settings.team.filter((member) => members.includes(member.id)).map((member) => member.name)
  return (
    <li class="card admin-item">
      <div class="admin-item-words">
        <h2>
          <bdi>{name}</bdi>
        </h2>
        <p class="small admin-light">
          <span class="lamp" data-on={light} /> {say(light ? "light.on" : "light.off")}
        </p>
        <dl class="small admin-facts">
          <dt>{say("group.members")}</dt>
          <dd>{names.length === 0 ? say("group.nobody") : <bdi>{listOf(names, language)}</bdi>}</dd>
          <dt>{say("nav.hours")}</dt>
          <dd>
            <a href={hashOf("hours", id)}>{say(hours === null ? "hours.as-account" : "hours.own")}</a>
          </dd>
          <dt>{say("group.inbox")}</dt>
          <dd class="admin-breaking">
            <a href={hashOf("notices")}>
              {inbox === null
                ? say("redirect.none")
                : say(`redirect.${inbox.mode}`, { address: inbox.address })}
            </a>
          </dd>
        </dl>
      </div>
      <div class="admin-item-deeds">
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
          class="button small danger"
          aria-label={say("delete.of", { name })}
          onClick={() => onAsk("delete")}
        >
          {say("delete")}
        </button>
      </div>
    </li>
  )
}
