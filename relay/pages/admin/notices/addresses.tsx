import { useRef, useState } from "preact/hooks"
import { useAdmin } from "../context.ts"
import { TroubleLine } from "../kit/save.tsx"
import { useWork } from "../use-form.ts"

/**
 * The addresses that somebody has confirmed for redirects and general inboxes, with what goes there; what nothing
 * goes to can be removed. Agents' own addresses are theirs, and not meant.
 */
export const ConfirmedAddresses = () => {
  const { api, say, settings, reload } = useAdmin()
  const [said, setSaid] = useState("")
  const heading = useRef<HTMLHeadingElement>(null)
  const { busy, trouble, work } = useWork()
  const { account, groups, team, verified } = settings
  const own = new Set(team.map((member) => member.address))
  const confirmed = verified.filter((address) => !own.has(address))
  const users = [
    { name: say("inboxes.account"), redirect: account.inbox },
    ...groups.map(({ name, inbox }) => ({ name, redirect: inbox })),
    ...team.map(({ name, redirect }) => ({ name, redirect })),
  ]

  const remove = async (address: string): Promise<void> => {
    setSaid("")
    const done = await work(async () => {
      await api.forgetAddress(address)
      await reload()
    })
    if (!done) return
    setSaid(say("addresses.removed", { address }))
    // What was pressed is gone.
    heading.current?.focus()
  }

  if (confirmed.length === 0 && said === "") return null
  return (
    <section class="card admin-form" aria-labelledby="admin-addresses">
      <div>
        <h2 id="admin-addresses" ref={heading} tabIndex={-1}>
          {say("addresses.title")}
        </h2>
        <p class="soft">{say("addresses.lead")}</p>
      </div>
      <p class="small admin-breaking" role="status">
        {said}
      </p>
      <ul class="admin-days">
        {confirmed.map((address) => {
          const names = users.flatMap(({ name, redirect }) => (redirect?.address === address ? [name] : []))
          return (
            <li key={address}>
              <div class="admin-breaking">{address}</div>
              {names.length > 0 ? (
                <p class="small soft admin-breaking">{say("addresses.used", { names: names.join(", ") })}</p>
              ) : (
                <button
                  type="button"
                  class="button small danger"
                  disabled={busy}
                  aria-label={say("addresses.remove", { address })}
                  onClick={() => void remove(address)}
                >
                  {say("remove")}
                </button>
              )}
            </li>
          )
        })}
      </ul>
      <TroubleLine trouble={trouble} />
    </section>
  )
}
