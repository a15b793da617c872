import { useCallback, useEffect, useState } from "preact/hooks"
import { type Problem, problemOf } from "../../../../shared/desk/problem.ts"
import type { MailNameView } from "../../../../shared/protocol/views.ts"
import type { MailNames } from "../api.ts"
import { useAdmin } from "../context.ts"
import { Confirm } from "../kit/dialog.tsx"
import { Head } from "../kit/page.tsx"
import { TroubleLine } from "../kit/save.tsx"
import { useWork } from "../use-form.ts"
import { tellProblem } from "../words.ts"
import { AddName } from "./add.tsx"

/** The addresses that people write to, and what becomes of mail to each. */
export const Names = () => {
  const { say } = useAdmin()
  const { known, problem, look } = useNames()
  const [asking, setAsking] = useState<"add" | MailNameView | null>(null)
  const close = (): void => setAsking(null)
  return (
    <>
      <Head
        title={say("nav.names")}
        lead={say("names.lead")}
        deed={
          <button
            type="button"
            class="button primary"
            disabled={known === null}
            onClick={() => setAsking("add")}
          >
            {say("names.add")}
          </button>
        }
      />
      {problem === null ? null : (
        <p class="notice" data-kind="bad" role="alert">
          {tellProblem(say, problem)}{" "}
          <button type="button" class="button small" onClick={() => void look()}>
            {say("retry")}
          </button>
        </p>
      )}
      {known === null && problem === null ? <p role="status">{say("reading")}</p> : null}
      {known === null ? null : (
        <>
          <p class="small soft">
            {known.own
              ? say("names.own", { domain: known.domain })
              : say("names.shared", { domain: known.domain })}
          </p>
          <ul class="admin-cards">
            {sorted(known.names).map((name) => (
              <Name key={name.name} name={name} onRemove={() => setAsking(name)} />
            ))}
          </ul>
          {known.names.length === 0 ? <p class="notice">{say("names.none")}</p> : null}
        </>
      )}
      {asking === "add" && known !== null ? (
        <AddName domain={known.domain} onAdded={look} onClose={close} />
      ) : null}
      {asking !== null && asking !== "add" ? (
        <RemoveName name={asking} onRemoved={look} onClose={close} />
      ) : null}
    </>
  )
}

const ORDER = { account: 0, group: 1, agent: 2 } as const

/** The inbox first, then groups, then people; each by whose it is. */
const sorted = (names: readonly MailNameView[]): MailNameView[] =>
  [...names].sort(
    (a, b) =>
      ORDER[a.owner.kind] - ORDER[b.owner.kind] ||
      a.ownerName.localeCompare(b.ownerName) ||
      a.name.localeCompare(b.name),
  )

/** Read anew whenever the settings change: by a colleague, or with the team. */
const useNames = () => {
  const { api, settings } = useAdmin()
  const [known, setKnown] = useState<MailNames | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const { version } = settings
  const look = useCallback(async () => {
    try {
      setKnown(await api.mailNames())
      setProblem(null)
    } catch (error) {
      setProblem(problemOf(error))
    }
    // another version of the settings may have other names
  }, [api, version])
  useEffect(() => void look(), [look])
  return { known, problem, look }
}

const Name = ({ name, onRemove }: { name: MailNameView; onRemove: () => void }) => {
  const { say } = useAdmin()
  const { owner, ownerName, address, madeBy } = name
  // In a narrow window it breaks there, and not within a word.
  const [before, domain] = address.split("@")
  return (
    <li class="card admin-item">
      <div class="admin-item-words">
        <h2 class="admin-breaking">
          <bdi>
            {before}@<wbr />
            {domain}
          </bdi>
        </h2>
        <p class="small">
          {owner.kind === "account"
            ? say("names.to-inbox")
            : owner.kind === "group"
              ? say("names.to-group", { name: ownerName })
              : say("names.to-agent", { name: ownerName })}
        </p>
        {madeBy === null ? null : <p class="small soft">{say("names.made-by", { name: madeBy })}</p>}
      </div>
      <div class="admin-item-deeds">
        <button
          type="button"
          class="button small danger"
          aria-label={say("remove.of", { name: address })}
          onClick={onRemove}
        >
          {say("remove")}
        </button>
      </div>
    </li>
  )
}

/** Asks before an address is taken away, and says what who writes to it will hear. */
const RemoveName = ({
  name,
  onRemoved,
  onClose,
}: {
  name: MailNameView
  onRemoved: () => Promise<void>
  onClose: () => void
}) => {
  const { api, say } = useAdmin()
  const { busy, trouble, work } = useWork()
  const remove = async (): Promise<void> => {
    const done = await work(async () => {
      await api.removeMailName(name.name)
      await onRemoved()
    })
    if (done) onClose()
  }
  return (
    <Confirm
      title={say("names.remove.title", { address: name.address })}
      deed={say("remove")}
      busy={busy}
      onDo={() => void remove()}
      onClose={onClose}
    >
      <p>{say("names.remove.what")}</p>
      <TroubleLine trouble={trouble} />
    </Confirm>
  )
}
