import { useState } from "preact/hooks"
import type { SiteSettingsView } from "../../../../shared/protocol/views.ts"
import { CopyLine } from "../../kit/copy.tsx"
import { useAdmin } from "../context.ts"
import { Confirm } from "../kit/dialog.tsx"
import { TroubleLine } from "../kit/save.tsx"
import { useWork } from "../use-form.ts"
import type { SayLook } from "./words.ts"

/** The key that the site's server signs with who its visitors are: made here, shown once. */
export const IdentityKey = ({ words, site }: { words: SayLook; site: SiteSettingsView }) => {
  const { api, reload } = useAdmin()
  const { busy, trouble, work } = useWork()
  const [key, setKey] = useState<string | null>(null)
  const [asking, setAsking] = useState(false)
  const { signs } = site.box

  const make = (): void => {
    setAsking(false)
    void work(async () => {
      const made = await api.makeIdentityKey(site.id)
      setKey(made.key)
      await reload()
    })
  }

  return (
    <section class="admin-form admin-identity" aria-labelledby="admin-identity">
      <div>
        <h3 id="admin-identity">{words("identity.title")}</h3>
        <p class="small soft">{words("identity.lead")}</p>
      </div>
      {key === null ? (
        <p class="small">{words(signs ? "identity.has" : "identity.none")}</p>
      ) : (
        <div role="status">
          <p class="small">{words("identity.once")}</p>
          <CopyLine id={`identity-${site.id}`} text={key} />
        </div>
      )}
      <TroubleLine trouble={trouble} />
      <div class="admin-deeds">
        <button
          type="button"
          class="button small"
          disabled={busy}
          onClick={() => (signs ? setAsking(true) : make())}
        >
          {words(signs ? "identity.anew" : "identity.make")}
        </button>
      </div>
      {asking ? (
        <Confirm
          title={words("identity.anew")}
          deed={words("identity.anew")}
          busy={busy}
          onDo={make}
          onClose={() => setAsking(false)}
        >
          <p>{words("identity.ask")}</p>
        </Confirm>
      ) : null}
    </section>
  )
}
