import { useId } from "preact/hooks"
import { isZone } from "../../../../shared/i18n/formatter.ts"
import type { GroupView, SettingsView } from "../../../../shared/protocol/views.ts"
import type { OfficeHours } from "../../../../shared/words/hours.ts"
import { useAdmin } from "../context.ts"
import { Check } from "../kit/field.tsx"
import { PlanNote } from "../kit/page.tsx"
import { SaveBar } from "../kit/save.tsx"
import { ZoneField } from "../kit/zone.tsx"
import { useForm } from "../use-form.ts"
import { Exceptions } from "./exceptions.tsx"
import { USUAL, wrongIn } from "./week.ts"
import { WeekPicture } from "./week-picture.tsx"

interface Fields extends OfficeHours {
  /** Off: always open, or for a group as the account. */
  own: boolean
}

const fieldsOf = (hours: OfficeHours | null, zone: string): Fields =>
  hours === null ? { own: false, zone, week: USUAL, exceptions: [] } : { own: true, ...hours }

/** The hours of the account (`group` null) or of one group, as a form. */
export const HoursOf = ({ group, hidden }: { group: GroupView | null; hidden: boolean }) => {
  const { api, say } = useAdmin()
  const id = useId()
  const form = useForm(({ account, groups }: SettingsView) => {
    const zone = account.hours?.zone ?? account.zone
    if (group === null) return fieldsOf(account.hours, zone)
    return fieldsOf((groups.find((one) => one.id === group.id) ?? group).hours, zone)
  })
  const { value, set } = form
  const wrongZone = isZone(value.zone) ? undefined : say("wrong.zone", { value: value.zone })
  const wrongWeek = wrongIn(value.week).size > 0

  const save = (over = false): void => {
    if (!form.dirty || (value.own && (wrongZone !== undefined || wrongWeek))) return
    void form.save(({ own, ...hours }, version) => {
      const change = { version, hours: own ? hours : null }
      return group === null ? api.saveAccount(change) : api.saveGroup(group.id, change)
    }, over)
  }

  return (
    <div class="admin-form" hidden={hidden}>
      {group === null ? null : <PlanNote feature="groups" />}
      <fieldset class="card admin-several">
        <legend class="hidden">{say("hours.which")}</legend>
        <Check
          type="radio"
          name={id}
          label={say(group === null ? "hours.always" : "hours.as-account")}
          hint={say(group === null ? "hours.always.hint" : "hours.as-account.hint")}
          checked={!value.own}
          onCheck={() => set({ own: false })}
        />
        <Check
          type="radio"
          name={id}
          label={say(group === null ? "hours.set" : "hours.own")}
          hint={say("hours.set.hint")}
          checked={value.own}
          onCheck={() => set({ own: true })}
        />
      </fieldset>
      {value.own ? (
        <>
          <section class="card admin-form" aria-label={say("week.title")}>
            <h2>{say("week.title")}</h2>
            <ZoneField zone={value.zone} error={wrongZone} onChange={(zone) => set({ zone })} />
            <WeekPicture week={value.week} onChange={(week) => set({ week })} />
          </section>
          <Exceptions
            exceptions={value.exceptions}
            zone={wrongZone === undefined ? value.zone : "UTC"}
            onChange={(exceptions) => set({ exceptions })}
          />
        </>
      ) : null}
      {/* The fields stand outside: days are edited in a dialog, whose form cannot be within another. */}
      <form
        class={`admin-form${form.dirty ? " admin-at-hand" : ""}`}
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
      >
        <SaveBar form={form} onSave={save} />
      </form>
    </div>
  )
}
