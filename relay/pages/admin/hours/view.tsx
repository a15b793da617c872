import { useRef } from "preact/hooks"
import type { GroupId } from "../../../../shared/words/ids.ts"
import { useAdmin } from "../context.ts"
import { Head, PlanNote } from "../kit/page.tsx"
import { hashOf } from "../route.ts"
import { HoursOf } from "./hours-of.tsx"

/** When the account is open, and groups that have hours of their own. `part`: a group's id. */
export const Hours = ({ part }: { part: string | null }) => {
  const { say, settings } = useAdmin()
  const shown = settings.groups.find(({ id }) => id === part)?.id ?? null
  // Each stays as it was left, so that what is half-changed is not lost.
  const visited = useRef(new Set<GroupId | null>())
  visited.current.add(shown)
  return (
    <>
      <Head title={say("nav.hours")} lead={say("hours.lead")} />
      <PlanNote feature="office-hours" />
      {settings.groups.length === 0 ? null : (
        <nav class="admin-tabs" aria-label={say("hours.whose")}>
          <a href={hashOf("hours")} aria-current={shown === null ? "true" : undefined}>
            {say("hours.account")}
          </a>
          {settings.groups.map(({ id, name }) => (
            <a key={id} href={hashOf("hours", id)} aria-current={shown === id ? "true" : undefined}>
              <bdi>{name}</bdi>
            </a>
          ))}
        </nav>
      )}
      <HoursOf key="account" group={null} hidden={shown !== null} />
      {settings.groups.map((group) =>
        visited.current.has(group.id) ? (
          <HoursOf key={group.id} group={group} hidden={shown !== group.id} />
        ) : null,
      )}
    </>
  )
}
