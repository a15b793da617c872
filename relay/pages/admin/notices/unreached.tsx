import { NOTICE_KINDS } from "../../../../shared/words/nouns.ts"
import { useAdmin } from "../context.ts"

/** Said where nobody would get a notice: that is allowed, but not to be overlooked. */
export const Unreached = () => {
  const { say, settings } = useAdmin()
  const { unreached, account } = settings
  const on = { offline: account.offlineNotices, missed: account.missedNotices }
  return (
    <div class="admin-live" role="status">
      {NOTICE_KINDS.map((kind) => {
        const audiences = unreached.filter((one) => one.kind === kind)
        if (audiences.length === 0) return null
        return (
          <div key={kind} class="notice" data-kind="bad">
            <p>
              <strong>{say(`unreached.${kind}`)}</strong>
            </p>
            <ul>
              {audiences.map(({ groupId, group }) => (
                <li key={groupId ?? ""}>
                  {groupId === null ? say("unreached.no-group") : <bdi>{group}</bdi>}
                </li>
              ))}
            </ul>
            <p class="small">{say(on[kind] ? "unreached.todo" : "unreached.off")}</p>
          </div>
        )
      })}
    </div>
  )
}
