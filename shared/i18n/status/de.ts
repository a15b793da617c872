import type { Catalogue } from "../formatter.ts"
import type { en } from "./en.ts"

export const de: Catalogue<typeof en> = {
  "until.legend": "Bis wann",
  "until.open": "bis ich es ändere",
  "until.30-minutes": "für 30 Minuten",
  "until.1-hour": "für 1 Stunde",
  "until.end-of-day": "bis zum Ende des Tages",
  "until.time": "bis {time}, dann {intent}",
  "until.midnight": "bis Mitternacht, dann {intent}",
  "then.available": "verfügbar",
  "then.busy": "beschäftigt",
  "then.unavailable": "abwesend",

  "hours.closed": "Außerhalb der Bürozeiten; sie beginnen {when}.",
  "hours.closed.long": "Außerhalb der Bürozeiten.",
  "hours.stay": "Bis dahin dableiben",
  "hours.stay.long": "Dableiben",
  "hours.staying": "Außerhalb der Bürozeiten, und Sie bleiben trotzdem da. Die Zeiten beginnen {when}.",
  "hours.staying.long": "Außerhalb der Bürozeiten, und Sie bleiben trotzdem da.",
  "hours.keep": "An die Bürozeiten halten",
}
