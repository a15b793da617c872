import type { Plan } from "./nouns.ts"

/** What a plan may have beyond offline notices and one light, which all have. */
export const FEATURES = ["missed-notices", "office-hours", "groups"] as const
export type Feature = (typeof FEATURES)[number]

/**
 * What each plan has (rules.md, "Plans"). What a plan does not have is kept but ignored: groups count as
 * none, hours as always open.
 */
export const PLAN_FEATURES: Record<Plan, readonly Feature[]> = {
  free: [],
  standard: ["missed-notices", "office-hours"],
  pro: ["missed-notices", "office-hours", "groups"],
}

export const planHas = (plan: Plan, feature: Feature): boolean => PLAN_FEATURES[plan].includes(feature)

/** The smallest plan that has it, to say where it is to be found. */
export const planWith = (feature: Feature): Plan =>
  planHas("free", feature) ? "free" : planHas("standard", feature) ? "standard" : "pro"
