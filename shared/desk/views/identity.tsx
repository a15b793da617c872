import type { ConversationView } from "../../protocol/views.ts"
import { useDesk } from "./context.ts"

/** What the page said of its visitor, and whether the site's server stands for it. */
export const IdentityFacts = ({ identity }: { identity: NonNullable<ConversationView["identity"]> }) => {
  const { say } = useDesk()
  const said = [identity.name, identity.address].filter((part) => part !== null)
  return (
    <>
      <div>
        <dt>{say("identity.title")}</dt>
        <dd>
          {said.length === 0 ? null : <bdi>{said.join(" · ")}</bdi>}{" "}
          <span class="pill" data-kind={identity.signed ? "good" : undefined}>
            {say(identity.signed ? "identity.signed" : "identity.page")}
          </span>
        </dd>
      </div>
      {identity.facts.map(({ label, value }) => (
        <div key={label}>
          <dt>
            <bdi>{label}</bdi>
          </dt>
          <dd>
            <bdi>{value}</bdi>
          </dd>
        </div>
      ))}
    </>
  )
}
