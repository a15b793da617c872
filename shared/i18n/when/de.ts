import type { Catalogue } from "../formatter.ts"
import type { en } from "./en.ts"

export const de: Catalogue<typeof en> = {
  today: "heute um {time}",
  tomorrow: "morgen um {time}",
  monday: "am Montag um {time}",
  tuesday: "am Dienstag um {time}",
  wednesday: "am Mittwoch um {time}",
  thursday: "am Donnerstag um {time}",
  friday: "am Freitag um {time}",
  saturday: "am Samstag um {time}",
  sunday: "am Sonntag um {time}",
  date: "am {date} um {time}",
}
