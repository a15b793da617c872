import type { Catalogue } from "../formatter.ts"
import type { en } from "./en.ts"

export const es: Catalogue<typeof en> = {
  today: "hoy a las {time}",
  tomorrow: "mañana a las {time}",
  monday: "el lunes a las {time}",
  tuesday: "el martes a las {time}",
  wednesday: "el miércoles a las {time}",
  thursday: "el jueves a las {time}",
  friday: "el viernes a las {time}",
  saturday: "el sábado a las {time}",
  sunday: "el domingo a las {time}",
  date: "el {date} a las {time}",
}
