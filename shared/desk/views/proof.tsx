import type { SenderProof } from "../../words/mail-proof.ts"
import { useDesk } from "./context.ts"
import { Icon } from "./icon.tsx"

/** Whether anything vouches for the address a mail says it is from, in a few words; nothing where nobody looked. */
export const Proof = ({ proof }: { proof: SenderProof | null }) => {
  const { say } = useDesk()
  if (proof === null) return null
  const isProven = "domain" in proof
  return (
    <span class="desk-proof" data-kind={isProven ? "good" : "warn"}>
      <Icon name={isProven ? "done" : "alert"} size={14} />{" "}
      {isProven ? say(`proof.${proof.by}`, { domain: proof.domain }) : say(`proof.${proof.by}`)}
    </span>
  )
}
