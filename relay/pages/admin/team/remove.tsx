import type { MemberView } from "../../../../shared/protocol/views.ts"
import { useAdmin } from "../context.ts"
import { Confirm } from "../kit/dialog.tsx"
import { TroubleLine } from "../kit/save.tsx"
import { useWork } from "../use-form.ts"

/** Asks before somebody is removed, and says what that means. */
export const RemoveMember = ({
  member,
  onRemoved,
  onClose,
}: {
  member: MemberView
  onRemoved: (said: string) => void
  onClose: () => void
}) => {
  const { api, say, reload } = useAdmin()
  const { busy, trouble, work } = useWork()
  const { name, address } = member
  const remove = async (): Promise<void> => {
    const done = await work(async () => {
      await api.removeMember(member.id)
      await reload()
    })
    if (!done) return
    onRemoved(say("remove.done", { name }))
    onClose()
  }
  return (
    <Confirm
      title={say("remove.title", { name })}
      deed={say("remove.go")}
      busy={busy}
      onDo={() => void remove()}
      onClose={onClose}
    >
      <p>{say("remove.what", { address })}</p>
      <p class="soft">{say("remove.instead")}</p>
      <TroubleLine trouble={trouble} />
    </Confirm>
  )
}
