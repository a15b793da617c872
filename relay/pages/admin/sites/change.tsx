import type { SiteSettingsView } from "../../../../shared/protocol/views.ts"
import { isFine } from "../checks.ts"
import { useAdmin } from "../context.ts"
import { Dialog } from "../kit/dialog.tsx"
import { SaveBar } from "../kit/save.tsx"
import { hasFields } from "../trouble.ts"
import { useForm } from "../use-form.ts"
import { type SiteFields, SiteFieldsView, siteOf, wrongSite } from "./fields.tsx"

/** Name, origins, language and offered groups of a site. */
export const ChangeSite = ({ site, onClose }: { site: SiteSettingsView; onClose: () => void }) => {
  const { api, say } = useAdmin()
  const form = useForm(({ sites }): SiteFields => {
    const { name, origins, language, groups } = sites.find(({ id }) => id === site.id) ?? site
    return { name, origins: origins.join(" "), language, groups }
  })
  const wrong = wrongSite(say, form.value)

  const save = async (over = false): Promise<void> => {
    if (!form.dirty || !isFine(wrong)) return
    const done = await form.save(
      (value, version) => api.saveSite(site.id, { ...siteOf(value), version }),
      over,
    )
    if (done) onClose()
  }

  return (
    <Dialog title={say("change.of", { name: site.name })} unsaved={form.dirty} onClose={onClose}>
      <form
        class="admin-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <SiteFieldsView
          value={form.value}
          wrong={form.dirty ? wrong : {}}
          trouble={form.trouble}
          onChange={form.set}
        />
        <SaveBar form={form} said={hasFields(form.trouble)} onSave={(over) => void save(over)} />
      </form>
    </Dialog>
  )
}
