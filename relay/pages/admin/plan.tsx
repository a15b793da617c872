import { PLANS } from "../../../shared/words/nouns.ts"
import { FEATURES, planHas } from "../../../shared/words/plans.ts"
import { AccountCard } from "./account.tsx"
import { useAdmin } from "./context.ts"
import { Head } from "./kit/page.tsx"

/** What the account's plan has, what others have, and who changes it. */
export const Plan = () => {
  const { say, settings } = useAdmin()
  const { plan } = settings.account
  const missing = FEATURES.filter((feature) => !planHas(plan, feature))
  const rows = [
    { name: say("feature.offline-notices"), has: () => true },
    { name: say("feature.one-light"), has: () => true },
    ...FEATURES.map((feature) => ({
      name: say(`feature.${feature}`),
      has: (one: (typeof PLANS)[number]) => planHas(one, feature),
    })),
  ]
  return (
    <>
      <Head title={say("nav.plan")} lead={say("plan.lead", { plan: say(`plan.${plan}`) })} />
      <AccountCard />
      <h2>{say("plan.title")}</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways where it has no room, by keys too */}
      <section class="card admin-plans" aria-label={say("plan.title")} tabIndex={0}>
        <table>
          <caption class="hidden">{say("plan.title")}</caption>
          <thead>
            <tr>
              <td />
              {PLANS.map((one) => (
                <th key={one} scope="col" data-own={one === plan}>
                  {say(`plan.${one}`)}
                  {one === plan ? <span class="pill">{say("plan.own")}</span> : null}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ name, has }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                {PLANS.map((one) => (
                  <td key={one} data-own={one === plan} data-has={has(one)}>
                    <span aria-hidden="true">{has(one) ? "✓" : "–"}</span>
                    <span class="hidden">{say(has(one) ? "plan.has" : "plan.has-not")}</span>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {missing.length === 0 ? (
        <p class="soft">{say("plan.all")}</p>
      ) : (
        <section class="card admin-form">
          <h2>{say("plan.missing")}</h2>
          <ul class="admin-plain">
            {missing.map((feature) => (
              <li key={feature}>{say(`plan-ignores.${feature}`)}</li>
            ))}
          </ul>
        </section>
      )}
      <p>{say("plan.operator")}</p>
      <p class="copy-line">
        <code>
          porchlight account set {settings.account.id}{" "}
          <span class="admin-one-line">--plan {plan === "pro" ? "standard" : "pro"}</span>
        </code>
      </p>
    </>
  )
}
