import "../record.css"
import { useState } from "preact/hooks"
import { dateIn, type Say, sizeIn } from "../../../../shared/i18n/formatter.ts"
import type { en } from "../../../../shared/i18n/persons/en.ts"
import type { PersonView } from "../../../../shared/protocol/record-views.ts"
import type { SettingsView } from "../../../../shared/protocol/views.ts"
import type { AgentId } from "../../../../shared/words/ids.ts"
import type { Language } from "../../../../shared/words/nouns.ts"
import type { AdminApi } from "../api.ts"
import type { Erased, WhoseData } from "../api-record.ts"
import { useAdmin } from "../context.ts"
import { Choice, Field } from "../kit/field.tsx"
import { Head } from "../kit/page.tsx"
import { TroubleLine } from "../kit/save.tsx"
import { saveFile } from "../kit/save-file.ts"
import { useWords } from "../kit/use-words.ts"
import { useWork } from "../use-form.ts"
import { ErasePerson } from "./erase.tsx"
import { PERSON_WORDS } from "./words.ts"

export type SayPersons = Say<typeof en>

interface Props {
  api: AdminApi
  settings: SettingsView
  language: Language
}

/** What is stored of a person: looked at, handed out, erased; and the whole account, handed out. */
export const Persons = ({ api, settings, language }: Props) => {
  const words = useWords(PERSON_WORDS, language)
  const [typed, setTyped] = useState("")
  const [agentId, setAgentId] = useState<AgentId | "">("")
  if (words === null) return null
  return (
    <>
      <Head title={words("title")} lead={words("lead")} />
      <Person
        words={words}
        language={language}
        title={words("visitor.title")}
        whose={typed.trim() === "" ? null : { visitor: typed.trim() }}
        called={typed.trim()}
      >
        <Field
          label={words("visitor")}
          hint={words("visitor.hint")}
          value={typed}
          autocomplete="off"
          spellcheck={false}
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
      </Person>
      <Person
        words={words}
        language={language}
        title={words("agent.title")}
        whose={agentId === "" ? null : { agentId }}
        called={settings.team.find(({ id }) => id === agentId)?.name ?? ""}
      >
        <Choice
          label={words("agent")}
          value={agentId}
          options={[
            { value: "", name: words("agent.choose") },
            ...settings.team.map(({ id, name }) => ({ value: id, name })),
          ]}
          onChoose={setAgentId}
        />
      </Person>
      <Account words={words} api={api} />
    </>
  )
}

const Person = ({
  words,
  language,
  title,
  whose,
  called,
  children,
}: {
  words: SayPersons
  language: Language
  title: string
  whose: WhoseData | null
  called: string
  children: preact.ComponentChildren
}) => {
  const { api, reload } = useAdmin()
  const { busy, trouble, work } = useWork()
  const [found, setFound] = useState<{ whose: WhoseData; person: PersonView } | null>(null)
  const [asking, setAsking] = useState(false)
  const [erased, setErased] = useState<Erased | null>(null)
  const nothing = trouble?.problem.kind === "refused" && trouble.problem.code === "not-found"
  // What is shown is of whom was looked for, not of whom is typed by now.
  const shown = found !== null && JSON.stringify(found.whose) === JSON.stringify(whose) ? found : null
  const find = async (): Promise<void> => {
    if (whose === null) return
    setErased(null)
    setFound(null)
    await work(async () => setFound({ whose, person: await api.findPerson(whose) }))
  }
  return (
    <form
      class="card admin-form"
      onSubmit={(event) => {
        event.preventDefault()
        void find()
      }}
    >
      <h2>{title}</h2>
      {children}
      <div class="admin-deeds">
        <button type="submit" class="button" disabled={busy || whose === null}>
          {words(busy && shown === null ? "finding" : "find")}
        </button>
      </div>
      {nothing ? (
        <p class="notice small" role="status">
          {words("nothing", { whose: called })}
        </p>
      ) : (
        <TroubleLine trouble={trouble} />
      )}
      {shown === null ? null : (
        <>
          <Facts words={words} language={language} person={shown.person} />
          <p class="small soft">{words("export.hint")}</p>
          <div class="admin-deeds">
            <button
              type="button"
              class="button"
              disabled={busy}
              onClick={() =>
                void work(async () => saveFile(await api.exportPerson(shown.whose), "person.zip"))
              }
            >
              {words("export")}
            </button>
            <button type="button" class="button danger" disabled={busy} onClick={() => setAsking(true)}>
              {words("erase")}
            </button>
          </div>
        </>
      )}
      <div class="admin-live" role="status">
        {erased === null ? null : (
          <p class="notice small" data-kind="good">
            {[
              words("erased"),
              ...(erased.store === "later" ? [words("erased.later")] : []),
              ...(erased.copies > 0 ? [words("erased.copies", { count: erased.copies })] : []),
            ].join(" ")}
          </p>
        )}
      </div>
      {asking && shown !== null ? (
        <ErasePerson
          words={words}
          whose={shown.whose}
          person={shown.person}
          onClose={() => setAsking(false)}
          onErased={async (how) => {
            setAsking(false)
            setFound(null)
            setErased(how)
            await reload().catch(() => undefined)
          }}
        />
      ) : null}
    </form>
  )
}

const Facts = ({
  words,
  language,
  person,
}: {
  words: SayPersons
  language: Language
  person: PersonView
}) => {
  const counts = (["conversations", "messages", "mails", "attachments"] as const).filter(
    (what) => person[what] > 0,
  )
  return (
    <dl class="small admin-facts">
      {person.visitors.map(({ id, name, site, since }) => (
        <div key={id} class="record-who">
          <bdi>
            {words("found.visitor", {
              name: name ?? words("no-name"),
              site,
              when: dateIn(since, language),
            })}
          </bdi>
        </div>
      ))}
      {person.addresses.length === 0 ? null : (
        <>
          <dt>{words("addresses")}</dt>
          <dd class="admin-breaking">
            <bdi>{person.addresses.join(", ")}</bdi>
          </dd>
        </>
      )}
      {counts.map((what) => (
        <>
          <dt key={`${what}-name`}>{words(what)}</dt>
          <dd key={what}>
            {person[what]}
            {what === "attachments" ? ` (${sizeIn(person.bytes, language)})` : ""}
          </dd>
        </>
      ))}
    </dl>
  )
}

const Account = ({ words, api }: { words: SayPersons; api: AdminApi }) => {
  const { busy, trouble, work } = useWork()
  return (
    <div class="card admin-form">
      <h2>{words("account.title")}</h2>
      <p class="soft">{words("account.what")}</p>
      <TroubleLine trouble={trouble} />
      <div class="admin-deeds">
        <button
          type="button"
          class="button"
          disabled={busy}
          onClick={() => void work(async () => saveFile(await api.exportAccount(), "account.jsonl"))}
        >
          {words(busy ? "preparing" : "account.export")}
        </button>
      </div>
    </div>
  )
}
