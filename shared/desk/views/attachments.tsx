import { useState } from "preact/hooks"
import { sizeIn } from "../../i18n/formatter.ts"
import type { AttachmentView } from "../../protocol/views.ts"
import { isAbort, type Problem, problemOf } from "../problem.ts"
import { tellProblem } from "../words.ts"
import { useDesk } from "./context.ts"
import { Icon } from "./icon.tsx"
import { mayBePicture, Picture } from "./picture.tsx"

/** The files of a message: to be saved; pictures stand there to be seen, nothing else is ever opened here. */
export const Attachments = ({ files, more }: { files: readonly AttachmentView[]; more: number }) => {
  const { desk, say, language } = useDesk()
  const [problem, setProblem] = useState<Problem | null>(null)
  const [saving, setSaving] = useState<string | null>(null)
  /** Said to be pictures, but none that is shown. */
  const [others, setOthers] = useState<readonly string[]>([])
  if (files.length === 0 && more === 0) return null

  const save = async (file: AttachmentView): Promise<void> => {
    setProblem(null)
    setSaving(file.id)
    try {
      saveAs(await desk.attachment(file.id), file.name)
    } catch (error) {
      if (!isAbort(error)) setProblem(problemOf(error))
    }
    setSaving(null)
  }

  return (
    <div class="desk-attachments">
      <ul aria-label={say("attachments.label")}>
        {files.map((file) => (
          <li key={file.id}>
            {mayBePicture(file) && !others.includes(file.id) ? (
              <Picture
                file={file}
                onSave={() => void save(file)}
                onOther={() => setOthers((known) => [...known, file.id])}
              />
            ) : (
              <button
                type="button"
                class="desk-attachment"
                disabled={saving === file.id}
                title={say("attachments.save", { name: file.name })}
                onClick={() => void save(file)}
              >
                <Icon name="file" size={16} />
                <bdi class="desk-attachment-name">{file.name}</bdi>
                <span class="soft small">{sizeIn(file.size, language)}</span>
              </button>
            )}
          </li>
        ))}
      </ul>
      {more > 0 ? <p class="soft small">{say("attachments.more", { count: more })}</p> : null}
      {problem === null ? null : (
        <p class="notice small" data-kind="bad" role="alert">
          {tellProblem(say, problem)}
        </p>
      )}
    </div>
  )
}

/** By a link that is pressed at once: the bytes came with our token, which no plain link could carry. */
const saveAs = (bytes: Blob, name: string): void => {
  const url = URL.createObjectURL(new Blob([bytes], { type: "application/octet-stream" }))
  const link = document.createElement("a")
  link.href = url
  link.download = name
  link.click()
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
