import type { ComponentChildren } from "preact"
import { type Feature, planHas, planWith } from "../../../../shared/words/plans.ts"
import { useAdmin } from "../context.ts"
import { hashOf } from "../route.ts"

/** The head of a screen: what it is, what it is for, and its main deed. */
export const Head = ({ title, lead, deed }: { title: string; lead?: string; deed?: ComponentChildren }) => (
  <header class="admin-title">
    <div>
      <h1>{title}</h1>
      {lead === undefined ? null : <p class="soft">{lead}</p>}
    </div>
    {deed}
  </header>
)

/** Said where the account's plan ignores what is set here. */
export const PlanNote = ({ feature }: { feature: Feature }) => {
  const { say, settings } = useAdmin()
  const { plan } = settings.account
  if (planHas(plan, feature)) return null
  return (
    <p class="notice" data-kind="warn">
      {say(`plan-note.${feature}`, { plan: say(`plan.${plan}`), needed: say(`plan.${planWith(feature)}`) })}{" "}
      <a href={hashOf("plan")}>{say("plan-note.link")}</a>
    </p>
  )
}
