import type { Catalogue } from "../formatter.ts"
import type { en } from "./en.ts"

export const fr: Catalogue<typeof en> = {
  "until.legend": "Jusqu’à quand",
  "until.open": "jusqu’à ce que je le change",
  "until.30-minutes": "pendant 30 minutes",
  "until.1-hour": "pendant 1 heure",
  "until.end-of-day": "jusqu’à la fin de la journée",
  "until.time": "jusqu’à {time}, puis {intent}",
  "until.midnight": "jusqu’à minuit, puis {intent}",
  "then.available": "disponible",
  "then.busy": "en plein travail",
  "then.unavailable": "indisponible",

  "hours.closed": "Hors des horaires d’ouverture ; ils reprennent {when}.",
  "hours.closed.long": "Hors des horaires d’ouverture.",
  "hours.stay": "Rester en service jusque-là",
  "hours.stay.long": "Rester en service",
  "hours.staying": "Hors des horaires d’ouverture, et vous restez en service. Ils reprennent {when}.",
  "hours.staying.long": "Hors des horaires d’ouverture, et vous restez en service.",
  "hours.keep": "Respecter les horaires",
}
