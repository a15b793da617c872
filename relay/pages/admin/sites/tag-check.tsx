import "../record.css"
import { useCallback, useEffect, useRef, useState } from "preact/hooks"
import { momentIn, type Say } from "../../../../shared/i18n/formatter.ts"
import type { en } from "../../../../shared/i18n/tag/en.ts"
import type { TagFindingView, TagHellosView, TagLookView } from "../../../../shared/protocol/record-views.ts"
import type { SiteSettingsView } from "../../../../shared/protocol/views.ts"
import type { Language } from "../../../../shared/words/nouns.ts"
import { MINUTE, SECOND } from "../../../../shared/words/time.ts"
import { useAdmin } from "../context.ts"
import { Field } from "../kit/field.tsx"
import { TroubleLine } from "../kit/save.tsx"
import { useRepeat } from "../kit/use-repeat.ts"
import { useWords } from "../kit/use-words.ts"
import { useWork } from "../use-form.ts"
import { TAG_WORDS } from "./tag-words.ts"

type SayTag = Say<typeof en>

const HELLOS_EVERY = 4 * SECOND
/** While something is wrong the page is looked at again by itself. */
const LOOK_EVERY = 20 * SECOND
const MOST_HELLOS = 5

/** Whether a site's tag is on a page, and where its box was loaded: live, while somebody looks. */
export const TagCheck = ({ site }: { site: SiteSettingsView }) => {
  const { api, language } = useAdmin()
  const words = useWords(TAG_WORDS, language)
  const listed = site.origins.find((origin) => origin !== "*") ?? ""
  const [url, setUrl] = useState(listed)
  const [seen, setSeen] = useState<TagLookView | null>(null)
  const [hellos, setHellos] = useState<TagHellosView | null>(null)
  const { busy, trouble, work } = useWork()
  const page = useRef(url)
  page.current = url.trim()

  const look = useCallback(
    () =>
      work(async () => {
        const asked = page.current
        if (!URL.canParse(asked)) return
        const found = await api.lookAtTag(site.id, asked)
        if (asked === page.current) setSeen(found)
      }),
    [api, site.id],
  )
  // What is found depends on the site too: another list of origins is another answer.
  const origins = site.origins.join(" ")
  useEffect(() => {
    if (page.current !== "") void look()
  }, [look, origins])
  const fine = seen?.findings.every(({ finding }) => finding === "found") ?? false
  useEffect(() => {
    if (seen === null || fine) return
    const timer = setTimeout(() => void look(), LOOK_EVERY)
    return () => clearTimeout(timer)
  }, [seen, fine, look])

  const listen = useCallback(
    async (signal: AbortSignal) => {
      // Where it fails the screen says so elsewhere, and it is asked again.
      await api.tagHellos(site.id, signal).then(setHellos, () => undefined)
    },
    [api, site.id],
  )
  useRepeat(HELLOS_EVERY, listen)

  if (words === null) return null
  return (
    <section class="record-tag" aria-label={words("title")}>
      <h3>{words("title")}</h3>
      <form
        class="record-look"
        onSubmit={(event) => {
          event.preventDefault()
          void look()
        }}
      >
        <Field
          label={words("page")}
          value={url}
          inputMode="url"
          autocomplete="off"
          spellcheck={false}
          placeholder="https://"
          onInput={(event) => {
            setUrl(event.currentTarget.value)
            setSeen(null)
          }}
        />
        <button type="submit" class="button" disabled={busy || !URL.canParse(url.trim())}>
          {words(busy ? "looking" : "look")}
        </button>
      </form>
      <TroubleLine trouble={trouble} />
      <div role="status">
        {seen?.findings.map((one) => (
          <p
            key={`${one.finding} ${one.value}`}
            class="notice small admin-breaking"
            data-kind={one.finding === "found" ? "good" : "bad"}
          >
            {tellFinding(words, one, seen.url)}
          </p>
        ))}
      </div>
      <Hellos words={words} hellos={hellos} language={language} />
    </section>
  )
}

const tellFinding = (words: SayTag, { finding, value }: TagFindingView, page: string): string => {
  const relay = location.origin
  switch (finding) {
    case "found":
    case "missing":
      return words(finding, { page })
    case "origin-not-listed":
      return words(finding, { value: value ?? "" })
    case "csp-script":
    case "csp-frame":
      return words(finding, { relay, value: value ?? "" })
    case "unreachable":
      return words(finding, { page, value: tellWhy(words, value ?? "") })
    default:
      return words(finding, { page, value: value ?? "" })
  }
}

const tellWhy = (words: SayTag, why: string): string =>
  why === "private" || why === "unknown" || why === "form" || why === "timeout" ? words(`why.${why}`) : why

const Hellos = ({
  words,
  hellos,
  language,
}: {
  words: SayTag
  hellos: TagHellosView | null
  language: Language
}) => {
  if (hellos === null) return null
  if (hellos.hellos.length === 0) return <p class="small soft">{words("hello.none")}</p>
  return (
    <ul class="record-fields small" aria-live="polite">
      {hellos.hellos.slice(0, MOST_HELLOS).map(({ origin, at, listed }) => (
        <li key={origin} class="admin-breaking" data-listed={listed}>
          {words(listed ? "hello" : "hello.unlisted", {
            origin,
            // They are noted once a minute.
            when: hellos.now - at < 2 * MINUTE ? words("now") : momentIn(at, language),
          })}
        </li>
      ))}
    </ul>
  )
}
