import { useState } from "preact/hooks"
import { isFine } from "../checks.ts"
import { useAdmin } from "../context.ts"
import { Dialog } from "../kit/dialog.tsx"
import { TroubleLine } from "../kit/save.tsx"
import { hasFields } from "../trouble.ts"
import { useWork } from "../use-form.ts"
import { type SiteFields, SiteFieldsView, siteOf, wrongSite } from "./fields.tsx"

/** A new site; its line to copy stands in the list then. */
export const AddSite = ({ onClose }: { onClose: () => void }) => {
  const { api, say, settings, reload } = useAdmin()
  const [value, setValue] = useState<SiteFields>({
    name: "",
    origins: "",
    language: settings.account.language,
    groups: [],
  })
  const [tried, setTried] = useState(false)
  const { busy, trouble, work } = useWork()
  const wrong = wrongSite(say, value)

  const add = async (): Promise<void> => {
    setTried(true)
    if (!isFine(wrong)) return
    const done = await work(async () => {
      await api.addSite(siteOf(value))
      await reload()
    })
    if (done) onClose()
  }

  return (
    <Dialog title={say("site.add")} unsaved={value.name !== "" || value.origins !== ""} onClose={onClose}>
      <form
        class="admin-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void add()
        }}
      >
        <SiteFieldsView
          value={value}
          wrong={tried ? wrong : {}}
          trouble={trouble}
          onChange={(change) => setValue({ ...value, ...change })}
        />
        {hasFields(trouble) ? null : <TroubleLine trouble={trouble} />}
        <div class="admin-deeds">
          <button type="submit" class="button primary" disabled={busy}>
            {say("site.add")}
          </button>
          <button type="button" class="button" onClick={onClose}>
            {say("cancel")}
          </button>
        </div>
      </form>
    </Dialog>
  )
}
