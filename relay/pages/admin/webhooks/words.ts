import type { en } from "../../../../shared/i18n/webhooks/en.ts"
import type { Loaders } from "../kit/use-words.ts"

export const WEBHOOK_WORDS: Loaders<typeof en> = {
  en: async () => (await import("../../../../shared/i18n/webhooks/en.ts")).en,
  cs: async () => (await import("../../../../shared/i18n/webhooks/cs.ts")).cs,
  de: async () => (await import("../../../../shared/i18n/webhooks/de.ts")).de,
  es: async () => (await import("../../../../shared/i18n/webhooks/es.ts")).es,
  fr: async () => (await import("../../../../shared/i18n/webhooks/fr.ts")).fr,
}
