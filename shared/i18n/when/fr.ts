import type { Catalogue } from "../formatter.ts"
import type { en } from "./en.ts"

export const fr: Catalogue<typeof en> = {
  today: "aujourd’hui à {time}",
  tomorrow: "demain à {time}",
  monday: "lundi à {time}",
  tuesday: "mardi à {time}",
  wednesday: "mercredi à {time}",
  thursday: "jeudi à {time}",
  friday: "vendredi à {time}",
  saturday: "samedi à {time}",
  sunday: "dimanche à {time}",
  date: "le {date} à {time}",
}
