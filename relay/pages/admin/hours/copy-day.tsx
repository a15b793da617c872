import { useState } from "preact/hooks"
import { weekdayIn } from "../../../../shared/i18n/formatter.ts"
import type { Weekday } from "../../../../shared/words/hours.ts"
import { useAdmin } from "../context.ts"
import { Check } from "../kit/field.tsx"
import { copyDay, DAYS, type Week } from "./week.ts"

/** Which other days get the spans of one. */
export const CopyDay = ({
  week,
  day,
  onCopy,
  onClose,
}: {
  week: Week
  day: Weekday
  onCopy: (week: Week) => void
  onClose: () => void
}) => {
  const { say, language } = useAdmin()
  const [chosen, setChosen] = useState<Weekday[]>([])
  return (
    <fieldset class="week-editor week-copy">
      <legend>{say("copy-day", { day: weekdayIn(day, language) })}</legend>
      <div class="week-days">
        {DAYS.filter((one) => one !== day).map((one) => (
          <Check
            key={one}
            label={weekdayIn(one, language)}
            checked={chosen.includes(one)}
            onCheck={(on) => setChosen(on ? [...chosen, one] : chosen.filter((other) => other !== one))}
          />
        ))}
      </div>
      <div class="admin-deeds">
        <button
          type="button"
          class="button small"
          aria-disabled={chosen.length === 0}
          onClick={() => chosen.length > 0 && onCopy(copyDay(week, day, chosen))}
        >
          {say("copy-day.go")}
        </button>
        <button type="button" class="button small quiet" onClick={onClose}>
          {say("cancel")}
        </button>
      </div>
    </fieldset>
  )
}
