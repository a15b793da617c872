import { useEffect, useState } from "preact/hooks"
import type { ProfileView, UnreachedView } from "../../../protocol/views.ts"
import { planWith } from "../../../words/plans.ts"
import type { SayDesk } from "../../words.ts"
import { useDesk } from "../context.ts"
import { Part, useWork } from "./work.tsx"

interface Switches {
  offlineNotices?: boolean
  missedNotices?: boolean
}

/** One's own switches of both kinds of notices; switching off is always possible, and says when nobody would remain. */
export const Notices = ({ profile, onChanged }: { profile: ProfileView; onChanged: () => void }) => {
  const { desk, say } = useDesk()
  const { busy, problem, run } = useWork()
  const { features, unreached } = profile
  // What was pressed shows at once; what holds is what is read afterwards, also when it was refused.
  const [wish, setWish] = useState<Switches>({})
  useEffect(() => setWish({}), [profile])
  const me = { ...profile.me, ...wish }
  const set = async (change: Switches): Promise<void> => {
    setWish(change)
    await run(() => desk.settings.save(change))
    onChanged()
  }
  return (
    <Part name="notices" title={say("notices.title")} problem={problem}>
      <label class="desk-check">
        <input
          type="checkbox"
          name="offline"
          checked={me.offlineNotices}
          disabled={busy}
          onChange={(event) => void set({ offlineNotices: event.currentTarget.checked })}
        />
        <span>
          {say("notices.offline")}
          <small>{say("notices.offline.hint")}</small>
        </span>
      </label>
      <label class="desk-check">
        <input
          type="checkbox"
          name="missed"
          checked={me.missedNotices}
          disabled={busy}
          onChange={(event) => void set({ missedNotices: event.currentTarget.checked })}
        />
        <span>
          {say("notices.missed")}
          <small>
            {features.includes("missed-notices")
              ? say("notices.missed.hint")
              : say("notices.missed.plan", { plan: planWith("missed-notices") })}
          </small>
        </span>
      </label>
      {unreached.length === 0 ? null : (
        <div class="notice small" data-kind="warn" role="status">
          {unreached.map((one) => (
            <p key={`${one.groupId} ${one.kind}`}>{tellUnreached(say, one)}</p>
          ))}
          <p>{say("unreached.todo")}</p>
        </div>
      )}
    </Part>
  )
}

const tellUnreached = (say: SayDesk, { kind, group }: UnreachedView): string =>
  group === null ? say(`unreached.${kind}`) : say(`unreached.${kind}.group`, { group })
