import type { SenderProof } from "../../words/mail-proof.ts"
import { useDesk } from "./context.ts"
import { Icon } from "./icon.tsx"

/** Whether anything vouches for the address a mail says it is from; nothing is said where nobody looked. */
export const Proof = ({ proof }: { proof: SenderProof | null }) => {
  const { say } = useDesk()
  if (proof === null) return null
  if (!("domain" in proof))
    return (
      <span class="desk-proof" data-kind="warn" title={say("proof.what")}>
        <Icon name="alert" size={14} /> {say(`proof.${proof.by}`)}
      </span>
    )
  const { domain } = proof
  return (
    <span class="desk-proof" data-kind="good" title={say("proof.by", { domain })}>
      <Icon name="done" size={14} /> {say("proof.genuine")}
    </span>
  )
}
