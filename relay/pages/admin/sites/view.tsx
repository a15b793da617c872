import { useState } from "preact/hooks"
import { listOf } from "../../../../shared/i18n/formatter.ts"
import { ownNameOf } from "../../../../shared/i18n/language-name.ts"
import type { SiteSettingsView } from "../../../../shared/protocol/views.ts"
import type { GroupId, SiteId } from "../../../../shared/words/ids.ts"
import { CopyLine } from "../../kit/copy.tsx"
import { BoxDialog } from "../box/dialog.tsx"
import { LOOK_WORDS, type SayLook } from "../box/words.ts"
import { useAdmin } from "../context.ts"
import { Choice } from "../kit/field.tsx"
import { Head } from "../kit/page.tsx"
import { useWords } from "../kit/use-words.ts"
import { AddSite } from "./add.tsx"
import { ChangeSite } from "./change.tsx"
import { tagOf } from "./tag.ts"
import { TagCheck } from "./tag-check.tsx"

/** Websites with a chat box, and the line that puts it there. */
export const Sites = () => {
  const { say, settings, language } = useAdmin()
  const [asking, setAsking] = useState<"add" | SiteId | null>(null)
  const [box, setBox] = useState<SiteId | null>(null)
  const words = useWords(LOOK_WORDS, language)
  const site = settings.sites.find(({ id }) => id === asking)
  const boxed = settings.sites.find(({ id }) => id === box)
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
          <Site
            key={one.id}
            site={one}
            words={words}
            onChange={() => setAsking(one.id)}
            onBox={() => setBox(one.id)}
          />
        ))}
      </ul>
      {asking === "add" ? <AddSite onClose={() => setAsking(null)} /> : null}
      {boxed === undefined || words === null ? null : (
        <BoxDialog site={boxed} words={words} onClose={() => setBox(null)} />
      )}
      {site === undefined ? null : <ChangeSite site={site} onClose={() => setAsking(null)} />}
    </>
  )
}

const Site = ({
  site,
  words,
  onChange,
  onBox,
}: {
  site: SiteSettingsView
  words: SayLook | null
  onChange: () => void
  onBox: () => void
}) => {
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
            <dd lang={site.language}>{ownNameOf(site.language)}</dd>
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
          {words === null ? null : (
            <button type="button" class="button small" aria-label={words("title", { name })} onClick={onBox}>
              {words("open")}
            </button>
          )}
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
      <TagCheck site={site} />
    </li>
  )
}
