import type { OfficeHours } from "../../shared/words/hours.ts"
import { checkHours } from "../rules/hours.ts"
import type { BusyTexts } from "../rules/settings.ts"
import type { AccountRow } from "../store/tables-people.ts"

/** Settings that are kept as JSON. */

/** The bot's texts that an account has of its own. */
export const busyTextsOf = (row: Pick<AccountRow, "busy_texts">): BusyTexts =>
  row.busy_texts === null ? {} : (JSON.parse(row.busy_texts) as BusyTexts)

export const hoursOf = (row: { hours: string | null }): OfficeHours | null =>
  row.hours === null ? null : (JSON.parse(row.hours) as OfficeHours)

/** Hours as they are kept; null stays null, and what was not given stays so. `whose` is for people. */
export const checkedHours = <Hours extends OfficeHours | null | undefined>(
  hours: Hours,
  whose: string,
): string | Exclude<Hours, OfficeHours> =>
  hours ? JSON.stringify(checkHours(hours, whose)) : (hours as Exclude<Hours, OfficeHours>)
