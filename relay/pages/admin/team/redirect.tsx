import type { MemberView } from "../../../../shared/protocol/views.ts"
import { useAdmin } from "../context.ts"
import { Dialog } from "../kit/dialog.tsx"
import { Redirect } from "../notices/redirect.tsx"

/** The second address of one member. */
export const MemberRedirect = ({ member, onClose }: { member: MemberView; onClose: () => void }) => {
  const { say } = useAdmin()
  return (
    <Dialog title={say("redirect.of", { name: member.name })} onClose={onClose}>
      <div class="admin-form">
        <p>{say("redirect.what", { address: member.address })}</p>
        <Redirect owner={{ kind: "agent", id: member.id }} name={member.name} redirect={member.redirect} />
      </div>
    </Dialog>
  )
}
