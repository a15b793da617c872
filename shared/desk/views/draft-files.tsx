import { useRef } from "preact/hooks"
import { sizeIn } from "../../i18n/formatter.ts"
import { MOST_BYTES, MOST_FILES } from "../../words/files.ts"
import type { ConversationId } from "../../words/ids.ts"
import { type DraftFile, type FileProblem, mayRetry } from "../draft-files.ts"
import { type SayDesk, tellProblem } from "../words.ts"
import { useDesk } from "./context.ts"
import { Icon } from "./icon.tsx"

/** Chooses files from this machine. */
export const AttachButton = ({ id }: { id: ConversationId }) => {
  const { desk, say } = useDesk()
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        onChange={({ currentTarget: chosen }) => {
          desk.files.add(id, [...(chosen.files ?? [])])
          // The same file may be chosen once more.
          chosen.value = ""
        }}
      />
      <button
        type="button"
        class="button quiet icon"
        aria-label={say("files.add")}
        title={say("files.add")}
        onClick={() => input.current?.click()}
      >
        <Icon name="clip" />
      </button>
    </>
  )
}

/** The files of an answer that is being written: how far each is, what went wrong, and how to be rid of it. */
export const DraftFiles = ({ id, files }: { id: ConversationId; files: readonly DraftFile[] }) => {
  const { say } = useDesk()
  if (files.length === 0) return null
  return (
    <ul class="desk-draft-files" aria-label={say("files.label")}>
      {files.map((file) => (
        <DraftFileRow key={file.key} id={id} file={file} />
      ))}
    </ul>
  )
}

const DraftFileRow = ({ id, file }: { id: ConversationId; file: DraftFile }) => {
  const { desk, say, language } = useDesk()
  const name = file.file?.name ?? file.name

  /** The row goes with its button: the focus goes to where one writes on. */
  const remove = (): void => {
    desk.files.remove(id, file.key)
    document.getElementById("desk-answer")?.focus()
  }

  return (
    <li class="desk-draft-file" data-state={file.state}>
      <Icon name={file.state === "failed" ? "alert" : "file"} size={16} />
      <p class="desk-draft-file-body">
        <bdi class="desk-attachment-name">{name}</bdi>
        <span class="soft small">{sizeIn(file.size, language)}</span>
        {file.state === "sending" ? <progress value={file.share} max={1} aria-label={name} /> : null}
        {file.problem === null ? null : (
          <span class="desk-draft-file-why small" role="alert">
            {tellFile(say, file.problem, language)}
          </span>
        )}
        {mayRetry(file) ? (
          <button type="button" class="desk-link" onClick={() => desk.files.retry(id, file.key)}>
            {say("retry")}
          </button>
        ) : null}
      </p>
      <button
        type="button"
        class="desk-draft-file-remove"
        aria-label={say("files.remove", { name })}
        onClick={remove}
      >
        <Icon name="close" size={16} />
      </button>
    </li>
  )
}

const tellFile = (say: SayDesk, problem: FileProblem, language: Parameters<typeof sizeIn>[1]): string => {
  const why = problem.kind === "file" ? problem.why : problem.kind === "refused" ? problem.code : null
  switch (why) {
    case "too-large":
      return say("files.too-large", { size: sizeIn(MOST_BYTES, language) })
    case "empty":
      return say("files.empty")
    case "wrong-kind":
      return say("files.wrong-kind")
    case "too-many":
      return problem.kind === "file" ? say("files.too-many", { count: MOST_FILES }) : say("files.hour")
    default:
      return problem.kind === "file" ? "" : tellProblem(say, problem)
  }
}
