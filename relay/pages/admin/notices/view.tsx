import { useAdmin } from "../context.ts"
import { Head } from "../kit/page.tsx"
import { ConfirmedAddresses } from "./addresses.tsx"
import { BusyTexts } from "./busy-texts.tsx"
import { Redirect } from "./redirect.tsx"
import { Switches } from "./switches.tsx"
import { Unreached } from "./unreached.tsx"

/** What is mailed, when, and where to; and what visitors hear while everybody is busy. */
export const Notices = () => {
  const { say, settings } = useAdmin()
  const { account, groups } = settings
  return (
    <>
      <Head title={say("nav.notices")} lead={say("notices.lead")} />
      <Unreached />
      <Switches />
      <section class="card admin-form" aria-labelledby="admin-inboxes">
        <div>
          <h2 id="admin-inboxes">{say("inboxes.title")}</h2>
          <p class="soft">{say("inboxes.lead")}</p>
        </div>
        <ul class="admin-inboxes">
          <li>
            <h3>{say("inboxes.account")}</h3>
            <p class="small soft">{say("inboxes.account.hint")}</p>
            <Redirect
              owner={{ kind: "account", id: account.id }}
              name={say("inboxes.account")}
              redirect={account.inbox}
            />
          </li>
          {groups.map(({ id, name, inbox }) => (
            <li key={id}>
              <h3>
                <bdi>{name}</bdi>
              </h3>
              <Redirect owner={{ kind: "group", id }} name={name} redirect={inbox} />
            </li>
          ))}
        </ul>
      </section>
      <ConfirmedAddresses />
      <BusyTexts />
    </>
  )
}
