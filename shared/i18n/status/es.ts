import type { Catalogue } from "../formatter.ts"
import type { en } from "./en.ts"

export const es: Catalogue<typeof en> = {
  "until.legend": "Hasta cuándo",
  "until.open": "hasta que lo cambie",
  "until.30-minutes": "durante 30 minutos",
  "until.1-hour": "durante 1 hora",
  "until.end-of-day": "hasta el final del día",
  "until.time": "hasta las {time}, después {intent}",
  "until.midnight": "hasta medianoche, después {intent}",
  "then.available": "disponible",
  "then.busy": "con trabajo",
  "then.unavailable": "no disponible",

  "hours.closed": "Fuera del horario; se abre {when}.",
  "hours.closed.long": "Fuera del horario.",
  "hours.stay": "Seguir en servicio hasta entonces",
  "hours.stay.long": "Seguir en servicio",
  "hours.staying": "Fuera del horario, y usted sigue en servicio. Se abre {when}.",
  "hours.staying.long": "Fuera del horario, y usted sigue en servicio.",
  "hours.keep": "Atenerse al horario",
}
