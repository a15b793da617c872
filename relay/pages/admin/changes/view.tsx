import "../record.css"
import { useState } from "preact/hooks"
import { type ChangeWords, tellBy, tellFields, tellThing } from "../../../../shared/i18n/changes/tell.ts"
import { momentIn } from "../../../../shared/i18n/formatter.ts"
import type { ChangeView } from "../../../../shared/protocol/record-views.ts"
import type { SettingsView } from "../../../../shared/protocol/views.ts"
import { CHANGE_KINDS, type ChangeDeed, type ChangeKind } from "../../../../shared/words/changes.ts"
import type { AgentId } from "../../../../shared/words/ids.ts"
import type { Language } from "../../../../shared/words/nouns.ts"
import type { AdminApi } from "../api.ts"
import { useAdmin } from "../context.ts"
import { Choice } from "../kit/field.tsx"
import { Head } from "../kit/page.tsx"
import { useWords } from "../kit/use-words.ts"
import { tellProblem } from "../words.ts"
import { useChanges } from "./use-changes.ts"
import { CHANGE_WORDS } from "./words.ts"

interface Props {
  api: AdminApi
  settings: SettingsView
  language: Language
}

const DEEDS: Partial<Record<ChangeDeed, "good" | "warn" | "bad">> = {
  made: "good",
  removed: "warn",
  erased: "bad",
}

/** Who set what, when; follows what is set now. */
export const Changes = ({ api, settings, language }: Props) => {
  const words = useWords(CHANGE_WORDS, language)
  const { say } = useAdmin()
  const [person, setPerson] = useState<AgentId | "">("")
  const [kind, setKind] = useState<ChangeKind | "">("")
  const filter = { ...(person !== "" && { agentId: person }), ...(kind !== "" && { kind }) }
  const { log, problem, more } = useChanges(api, filter)
  if (words === null) return null
  return (
    <>
      <Head title={words("title")} lead={words("lead")} />
      <div class="record-filters">
        <Choice
          label={words("filter.person")}
          value={person}
          options={[
            { value: "", name: words("all.people") },
            ...settings.team.map(({ id, name }) => ({ value: id, name })),
          ]}
          onChoose={setPerson}
        />
        <Choice
          label={words("filter.kind")}
          value={kind}
          options={[
            { value: "", name: words("all.kinds") },
            ...CHANGE_KINDS.map((value) => ({ value, name: words(`kind.${value}`) })),
          ]}
          onChoose={setKind}
        />
      </div>
      {problem === null ? null : (
        <p class="notice" data-kind="bad" role="alert">
          {tellProblem(say, problem)}
        </p>
      )}
      {log === null ? (
        problem === null && <p role="status">{words("reading")}</p>
      ) : log.changes.length === 0 ? (
        <p class="soft" role="status">
          {words("none")}
        </p>
      ) : (
        <ul class="admin-cards">
          {log.changes.map((change) => (
            <Change key={change.seq} change={change} words={{ say: words, language, names: log.names }} />
          ))}
        </ul>
      )}
      {log?.next == null ? null : (
        <button type="button" class="button" onClick={() => void more()}>
          {words("more")}
        </button>
      )}
    </>
  )
}

const Change = ({ change, words }: { change: ChangeView; words: ChangeWords }) => (
  <li class="card record-change">
    <div class="record-change-head">
      <h2 class="admin-breaking">
        <bdi>{tellThing(words, change)}</bdi>
      </h2>
      <span class="pill" data-kind={DEEDS[change.deed]}>
        {words.say(`deed.${change.deed}`)}
      </span>
    </div>
    <ul class="record-fields small">
      {tellFields(words, change).map((line) => (
        <li key={line} class="admin-breaking">
          <bdi>{line}</bdi>
        </li>
      ))}
    </ul>
    <p class="small soft">
      <bdi>{tellBy(words, change)}</bdi> · {momentIn(change.at, words.language)}
    </p>
  </li>
)
