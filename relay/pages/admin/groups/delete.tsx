import type { GroupView } from "../../../../shared/protocol/views.ts"
import { useAdmin } from "../context.ts"
import { Confirm } from "../kit/dialog.tsx"
import { TroubleLine } from "../kit/save.tsx"
import { useWork } from "../use-form.ts"

/** Asks before a group is deleted, and says what becomes of its conversations. */
export const DeleteGroup = ({ group, onClose }: { group: GroupView; onClose: () => void }) => {
  const { api, say, settings, reload } = useAdmin()
  const { busy, trouble, work } = useWork()
  const sites = settings.sites.filter(({ groups }) => groups.includes(group.id)).length
  const remove = async (): Promise<void> => {
    const done = await work(async () => {
      await api.deleteGroup(group.id)
      await reload()
    })
    if (done) onClose()
  }
  return (
    <Confirm
      title={say("delete.title", { name: group.name })}
      deed={say("delete.go")}
      busy={busy}
      onDo={() => void remove()}
      onClose={onClose}
    >
      <p>{say("delete.what")}</p>
      {group.inbox === null ? null : (
        <p class="admin-breaking">{say("delete.inbox", { address: group.inbox.address })}</p>
      )}
      {sites === 0 ? null : <p>{say("delete.sites", { count: sites })}</p>}
      <TroubleLine trouble={trouble} />
    </Confirm>
  )
}
