import { MINUTE, SECOND } from "../../../../shared/words/time.ts"
import { isFine, wrongSeconds } from "../checks.ts"
import { useAdmin } from "../context.ts"
import { Check, Field } from "../kit/field.tsx"
import { PlanNote } from "../kit/page.tsx"
import { SaveBar } from "../kit/save.tsx"
import { useForm } from "../use-form.ts"

/** Grace and wait of a relay that was set up without others. */
const DEFAULT_SECONDS = (2 * MINUTE) / SECOND

/** Both kinds of notices of the whole account, and the times before they go out. */
export const Switches = () => {
  const { api, say } = useAdmin()
  const form = useForm(({ account }) => ({
    offlineNotices: account.offlineNotices,
    missedNotices: account.missedNotices,
    grace: String(account.graceMs / SECOND),
    wait: String(account.waitMs / SECOND),
  }))
  const { value, set } = form
  const wrong = { grace: wrongSeconds(say, value.grace), wait: wrongSeconds(say, value.wait) }
  const save = (over = false): void => {
    if (!form.dirty || !isFine(wrong)) return
    void form.save(
      ({ offlineNotices, missedNotices, grace, wait }, version) =>
        api.saveAccount({
          version,
          offlineNotices,
          missedNotices,
          graceSeconds: Number(grace),
          waitSeconds: Number(wait),
        }),
      over,
    )
  }
  return (
    <section class="card" aria-labelledby="admin-switches">
      <form
        class="admin-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
      >
        <h2 id="admin-switches">{say("switches")}</h2>
        <Check
          label={say("switch.offline")}
          hint={say("switch.offline.account")}
          checked={value.offlineNotices}
          onCheck={(offlineNotices) => set({ offlineNotices })}
        />
        <Check
          label={say("switch.missed")}
          hint={say("switch.missed.account")}
          checked={value.missedNotices}
          onCheck={(missedNotices) => set({ missedNotices })}
        />
        <PlanNote feature="missed-notices" />
        <div class="admin-pair">
          <Field
            label={say("grace")}
            hint={say("grace.hint", { seconds: DEFAULT_SECONDS })}
            error={wrong.grace ?? form.trouble?.fields.graceSeconds}
            inputMode="numeric"
            value={value.grace}
            onInput={(event) => set({ grace: event.currentTarget.value })}
          />
          <Field
            label={say("wait")}
            hint={say("wait.hint", { seconds: DEFAULT_SECONDS })}
            error={wrong.wait ?? form.trouble?.fields.waitSeconds}
            inputMode="numeric"
            value={value.wait}
            onInput={(event) => set({ wait: event.currentTarget.value })}
          />
        </div>
        <SaveBar form={form} onSave={save} />
      </form>
    </section>
  )
}
