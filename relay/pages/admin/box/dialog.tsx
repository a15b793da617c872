import type { SiteSettingsView } from "../../../../shared/protocol/views.ts"
import type { SiteBox } from "../../../../shared/words/look.ts"
import { useAdmin } from "../context.ts"
import { Dialog } from "../kit/dialog.tsx"
import { Check } from "../kit/field.tsx"
import { SaveBar } from "../kit/save.tsx"
import { useForm } from "../use-form.ts"
import "./box.css"
import { ColorField } from "./color.tsx"
import { IdentityKey } from "./identity-key.tsx"
import { Choices, OwnWords } from "./look-fields.tsx"
import { Preview } from "./preview.tsx"
import type { SayLook } from "./words.ts"

/** How a site's chat box looks and what it offers, beside a picture of it that follows every change. */
export const BoxDialog = ({
  site,
  words,
  onClose,
}: {
  site: SiteSettingsView
  words: SayLook
  onClose: () => void
}) => {
  const { api } = useAdmin()
  const form = useForm(({ sites }): SiteBox => {
    const { look, rates, transcripts } = (sites.find(({ id }) => id === site.id) ?? site).box
    return { look, rates, transcripts }
  })
  const { look, rates, transcripts } = form.value
  const change = (part: Partial<SiteBox["look"]>): void => form.set({ look: { ...look, ...part } })
  const save = (over = false): void => {
    if (form.dirty) void form.save((value, version) => api.saveSiteBox(site.id, { ...value, version }), over)
  }

  return (
    <Dialog title={words("title", { name: site.name })} unsaved={form.dirty} onClose={onClose}>
      <div class="admin-box">
        <form
          class="admin-form"
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            save()
          }}
        >
          <ColorField words={words} color={look.color} onColor={(color) => change({ color })} />
          <Choices words={words} look={look} onChange={change} />
          <OwnWords words={words} site={site} look={look} onChange={change} />
          <Check
            label={words("rates")}
            hint={words("rates.hint")}
            checked={rates}
            onCheck={(on) => form.set({ rates: on })}
          />
          <Check
            label={words("transcripts")}
            hint={words("transcripts.hint")}
            checked={transcripts}
            onCheck={(on) => form.set({ transcripts: on })}
          />
          <p class="small soft">{words("tag-wins")}</p>
          <SaveBar form={form} onSave={save} />
        </form>
        <Preview words={words} site={site} box={form.value} />
      </div>
      <IdentityKey words={words} site={site} />
    </Dialog>
  )
}
