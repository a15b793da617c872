import { useState } from "preact/hooks"
import { listOf } from "../../../../shared/i18n/formatter.ts"
import type { SiteSettingsView } from "../../../../shared/protocol/views.ts"
import type { GroupId, SiteId } from "../../../../shared/words/ids.ts"
import { CopyLine } from "../../kit/copy.tsx"
import { useAdmin } from "../context.ts"
import { Choice } from "../kit/field.tsx"
import { Head } from "../kit/page.tsx"
import { languageName } from "../words.ts"
import { AddSite } from "./add.tsx"
import { ChangeSite } from "./change.tsx"
import { tagOf } from "./tag.ts"

/** Websites with a chat box, and the line that puts it there. */
export const Sites = () => {
  const { say, settings } = useAdmin()
  const [asking, setAsking] = useState<"add" | SiteId | null>(null)
  const site = settings.sites.find(({ id }) => id === asking)
  return (
    <>
      <Head
        title={say("nav.sites")}
        lead={say("sites.lead")}
        deed={
          <button type="button" class="button primary" onClick={() => setAsking("add")}>
            {say("site.add")}
          </button>
        }
      />
      <ul class="admin-cards">
        {settings.sites.map((one) => (
          <Site key={one.id} site={one} onChange={() => setAsking(one.id)} />
        ))}
      </ul>
      {asking === "add" ? <AddSite onClose={() => setAsking(null)} /> : null}
      {site === undefined ? null : <ChangeSite site={site} onClose={() => setAsking(null)} />}
    </>
  )
}

const Site = ({ site, onChange }: { site: SiteSettingsView; onChange: () => void }) => {
  const { say, language, settings } = useAdmin()
  const [chosen, setChosen] = useState<GroupId | "">("")
  const { id, name, origins } = site
  const group = settings.groups.find((one) => one.id === chosen) ?? null
  const offered = settings.groups.filter((one) => site.groups.includes(one.id))
  return (
    <li class="card admin-form">
      <div class="admin-item">
        <div class="admin-item-words">
          <h2>
            <bdi>{name}</bdi>
          </h2>
          <dl class="small admin-facts">
            <dt>{say("site.origins")}</dt>
            <dd class="admin-breaking">{origins.includes("*") ? say("site.anywhere") : origins.join(" ")}</dd>
            <dt>{say("language")}</dt>
            <dd lang={site.language}>{languageName(site.language)}</dd>
            <dt>{say("site.groups")}</dt>
            <dd>
              {offered.length === 0 ? (
                say("site.no-groups")
              ) : (
                <bdi>
                  {listOf(
                    offered.map((one) => one.name),
                    language,
                  )}
                </bdi>
              )}
            </dd>
          </dl>
        </div>
        <div class="admin-item-deeds">
          <button
            type="button"
            class="button small"
            aria-label={say("change.of", { name })}
            onClick={onChange}
          >
            {say("change")}
          </button>
        </div>
      </div>
      <div class="admin-tag">
        <h3>{say("site.tag")}</h3>
        <p class="small soft">{say("site.tag.hint")}</p>
        <CopyLine id={`tag-${id}`} text={tagOf(location.origin, site.key, group?.id ?? null)} />
        {settings.groups.length === 0 ? null : (
          <Choice
            label={say("site.tag.group")}
            hint={say("site.tag.group.hint")}
            value={group?.id ?? ""}
            options={[
              { value: "", name: say("site.tag.all") },
              ...settings.groups.map((one) => ({ value: one.id, name: one.name })),
            ]}
            onChoose={setChosen}
          />
        )}
      </div>
    </li>
  )
}
