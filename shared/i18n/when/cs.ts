import type { Catalogue } from "../formatter.ts"
import type { en } from "./en.ts"

export const cs: Catalogue<typeof en> = {
  today: "dnes v {time}",
  tomorrow: "zítra v {time}",
  monday: "v pondělí v {time}",
  tuesday: "v úterý v {time}",
  wednesday: "ve středu v {time}",
  thursday: "ve čtvrtek v {time}",
  friday: "v pátek v {time}",
  saturday: "v sobotu v {time}",
  sunday: "v neděli v {time}",
  date: "{date} v {time}",
}
