import { useEffect, useState } from "preact/hooks"
import { ownNameOf } from "../../../../shared/i18n/language-name.ts"
import type { SiteSettingsView } from "../../../../shared/protocol/views.ts"
import {
  LONGEST_GREETING,
  LONGEST_LAUNCHER,
  type Look,
  type OwnTexts,
  SIDES,
  THEMES,
} from "../../../../shared/words/look.ts"
import { LANGUAGES, type Language } from "../../../../shared/words/nouns.ts"
import { loadWords, type Words } from "../../../chatbox/words.ts"
import { Choice, Field } from "../kit/field.tsx"
import type { SayLook } from "./words.ts"

interface Props {
  words: SayLook
  look: Look
  onChange: (change: Partial<Look>) => void
}

/** Where it stands, light or dark, and in which language. */
export const Choices = ({ words, look, onChange }: Props) => (
  <>
    <Choice
      label={words("side")}
      value={look.side}
      options={SIDES.map((value) => ({ value, name: words(`side.${value}`) }))}
      onChoose={(side) => onChange({ side })}
    />
    <Choice
      label={words("theme")}
      value={look.theme}
      options={THEMES.map((value) => ({ value, name: words(`theme.${value}`) }))}
      onChoose={(theme) => onChange({ theme })}
    />
    <Choice<Language | "">
      label={words("language")}
      value={look.language ?? ""}
      options={[
        { value: "", name: words("language.browser") },
        ...LANGUAGES.map((value) => ({ value, name: ownNameOf(value), lang: value })),
      ]}
      onChoose={(language) => onChange({ language: language || null })}
    />
  </>
)

const put = (texts: OwnTexts, language: Language, text: string): OwnTexts => {
  const { [language]: _, ...others } = texts
  return text === "" ? others : { ...others, [language]: text }
}

/** A site's own words: of the one language that its box speaks, or of all, its own first. */
export const OwnWords = ({ words, site, look, onChange }: Props & { site: SiteSettingsView }) => {
  const others = LANGUAGES.filter((one) => one !== site.language)
  const spoken = look.language ? [look.language] : [site.language, ...others]
  return (
    <fieldset class="admin-several">
      <legend>{words("texts")}</legend>
      <p class="small soft">{words("texts.hint")}</p>
      {spoken.map((language, n) => (
        <details key={language} open={n === 0 || Boolean(look.launcher[language] || look.greeting[language])}>
          <summary lang={language}>{ownNameOf(language)}</summary>
          <OwnWordsIn language={language} words={words} look={look} onChange={onChange} />
        </details>
      ))}
    </fieldset>
  )
}

const OwnWordsIn = ({ language, words, look, onChange }: Props & { language: Language }) => {
  const [ours, setOurs] = useState<Words | null>(null)
  useEffect(() => {
    void loadWords(language).then(setOurs)
  }, [language])
  return (
    <div class="admin-form admin-own-words">
      <Field
        label={words("launcher")}
        lang={language}
        dir="auto"
        value={look.launcher[language] ?? ""}
        placeholder={ours?.say("launcher.on")}
        maxLength={LONGEST_LAUNCHER}
        autocomplete="off"
        onInput={({ currentTarget }) =>
          onChange({ launcher: put(look.launcher, language, currentTarget.value) })
        }
      />
      <label class="field">
        <span>{words("greeting")}</span>
        <textarea
          lang={language}
          dir="auto"
          rows={2}
          value={look.greeting[language] ?? ""}
          placeholder={ours?.say("hello.on")}
          maxLength={LONGEST_GREETING}
          onInput={({ currentTarget }) =>
            onChange({ greeting: put(look.greeting, language, currentTarget.value) })
          }
        />
      </label>
    </div>
  )
}
