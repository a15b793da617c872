import { useEffect, useState } from "preact/hooks"
import type { InboundMailId } from "../../words/ids.ts"
import { isAbort, type Problem, problemOf } from "../problem.ts"
import { tellProblem } from "../words.ts"
import { useDesk } from "./context.ts"
import { Dialog } from "./dialog.tsx"

/** The complete mail as it came, as text; and to save as a file that mail programs open. */
export const Original = ({ mail, onClose }: { mail: InboundMailId; onClose: () => void }) => {
  const { desk, say } = useDesk()
  const [text, setText] = useState<string | null>(null)
  const [file, setFile] = useState<string | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)

  useEffect(() => {
    const abort = new AbortController()
    let url: string | null = null
    const read = async (): Promise<void> => {
      try {
        const blob = await desk.original(mail, abort.signal)
        const words = await blob.text()
        if (abort.signal.aborted) return
        url = URL.createObjectURL(new Blob([blob], { type: "message/rfc822" }))
        setFile(url)
        setText(words)
      } catch (error) {
        if (!isAbort(error)) setProblem(problemOf(error))
      }
    }
    void read()
    return () => {
      abort.abort()
      if (url !== null) URL.revokeObjectURL(url)
    }
  }, [desk, mail])

  const save =
    file === null ? null : (
      <a class="button small" href={file} download={`${mail}.eml`}>
        {say("original.save")}
      </a>
    )
  return (
    <Dialog id="desk-original" title={say("original.title")} deeds={save} wide onClose={onClose}>
      {problem === null ? null : (
        <p class="notice" data-kind="bad" role="alert">
          {tellProblem(say, problem)}
        </p>
      )}
      {text === null && problem === null ? <p class="soft">{say("original.reading")}</p> : null}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be scrollable by keys */}
      {text === null ? null : <pre tabIndex={0}>{text}</pre>}
    </Dialog>
  )
}
