import { useEffect, useRef, useState } from "preact/hooks"
import { sizeIn } from "../../i18n/formatter.ts"
import type { AttachmentView } from "../../protocol/views.ts"
import { PICTURES } from "../../words/files.ts"
import { useDesk } from "./context.ts"
import { Dialog } from "./dialog.tsx"

/** Whether it is worth asking whether a file can be shown: what it is, its bytes decide. */
export const mayBePicture = ({ type }: AttachmentView): boolean => PICTURES.includes(type)

/**
 * A picture among the messages, small; larger when it is pressed. Its bytes come with our token, once it is in view,
 * and stand in the page as a picture and nothing else. `onOther`: they are none that is shown, or did not come.
 */
export const Picture = ({
  file,
  onSave,
  onOther,
}: {
  file: AttachmentView
  onSave: () => void
  onOther: () => void
}) => {
  const { desk, say, language } = useDesk()
  const frame = useRef<HTMLButtonElement>(null)
  const [url, setUrl] = useState<string | null>(null)
  const [large, setLarge] = useState(false)

  useEffect(() => {
    const element = frame.current
    if (element === null) return
    let gone = false
    let made: string | null = null
    const load = async (): Promise<void> => {
      try {
        const bytes = await desk.attachment(file.id)
        if (gone) return
        if (!PICTURES.includes(bytes.type)) return onOther()
        made = URL.createObjectURL(bytes)
        setUrl(made)
      } catch {
        // As a file it says what is wrong when it is asked for.
        if (!gone) onOther()
      }
    }
    const seen = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return
      seen.disconnect()
      void load()
    })
    seen.observe(element)
    return () => {
      gone = true
      seen.disconnect()
      if (made !== null) URL.revokeObjectURL(made)
    }
  }, [desk, file.id])

  return (
    <>
      <button
        ref={frame}
        type="button"
        class="desk-picture"
        aria-label={say("attachments.show", { name: file.name })}
        title={`${file.name}, ${sizeIn(file.size, language)}`}
        disabled={url === null}
        onClick={() => setLarge(true)}
      >
        {url === null ? null : <img src={url} alt="" onError={onOther} />}
      </button>
      {large && url !== null ? (
        <Dialog
          id={`picture-${file.id}`}
          title={file.name}
          wide
          deeds={
            <button type="button" class="button small" onClick={onSave}>
              {say("original.save")}
            </button>
          }
          onClose={() => setLarge(false)}
        >
          <img class="desk-picture-large" src={url} alt={file.name} />
        </Dialog>
      ) : null}
    </>
  )
}
