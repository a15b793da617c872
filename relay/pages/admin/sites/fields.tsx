import { ownNameOf } from "../../../../shared/i18n/language-name.ts"
import type { GroupId } from "../../../../shared/words/ids.ts"
import { LANGUAGES, type Language } from "../../../../shared/words/nouns.ts"
import { originsIn } from "../../setup/fields.ts"
import { type Wrong, wrongName, wrongOrigins } from "../checks.ts"
import { useAdmin } from "../context.ts"
import { Choice, Field, Several } from "../kit/field.tsx"
import { PlanNote } from "../kit/page.tsx"
import type { Trouble } from "../trouble.ts"
import type { SayAdmin } from "../words.ts"

/** A site as it is typed; `origins` as text, several with spaces or lines between. */
export interface SiteFields {
  name: string
  origins: string
  language: Language
  groups: GroupId[]
}

export const wrongSite = (say: SayAdmin, { name, origins }: SiteFields): { name: Wrong; origins: Wrong } => ({
  name: wrongName(say, name),
  origins: wrongOrigins(say, origins),
})

/** As the relay takes it. */
export const siteOf = ({ name, origins, language, groups }: SiteFields) => ({
  name,
  origins: originsIn(origins).flatMap(({ origin }) => origin ?? []),
  language,
  groups,
})

/** Name, origins, language and offered groups, for a new site and for one that is changed. */
export const SiteFieldsView = ({
  value,
  wrong,
  trouble,
  onChange,
}: {
  value: SiteFields
  wrong: Partial<ReturnType<typeof wrongSite>>
  trouble: Trouble | null
  onChange: (change: Partial<SiteFields>) => void
}) => {
  const { say, settings } = useAdmin()
  return (
    <>
      <Field
        label={say("name")}
        hint={say("site.name.hint")}
        error={wrong.name ?? trouble?.fields.name}
        value={value.name}
        autocomplete="off"
        onInput={(event) => onChange({ name: event.currentTarget.value })}
      />
      <Field
        label={say("site.origins")}
        hint={say("site.origins.hint")}
        error={wrong.origins ?? trouble?.fields.origins}
        value={value.origins}
        inputMode="url"
        spellcheck={false}
        onInput={(event) => onChange({ origins: event.currentTarget.value })}
      />
      <Choice
        label={say("language")}
        hint={say("site.language.hint")}
        value={value.language}
        options={LANGUAGES.map((one) => ({ value: one, name: ownNameOf(one), lang: one }))}
        onChoose={(language) => onChange({ language })}
      />
      <Several
        label={say("site.groups")}
        none={say("team.no-groups")}
        options={settings.groups}
        chosen={value.groups}
        onChoose={(groups) => onChange({ groups })}
      />
      <p class="small soft">{say("site.groups.hint")}</p>
      <PlanNote feature="groups" />
    </>
  )
}
