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

  "hours.closed": "Außerhalb der Öffnungszeiten; geöffnet wird {when}.",
  "hours.closed.long": "Außerhalb der Öffnungszeiten.",
  "hours.stay": "Bis dahin geöffnet bleiben",
  "hours.stay.long": "Geöffnet bleiben",
  "hours.staying": "Außerhalb der Öffnungszeiten, und Sie bleiben geöffnet. Geöffnet wird {when}.",
  "hours.staying.long": "Außerhalb der Öffnungszeiten, und Sie bleiben geöffnet.",
  "hours.keep": "An die Zeiten halten",
}
