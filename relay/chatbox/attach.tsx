import { useLayoutEffect, useRef, useState } from "preact/hooks"
import type { AttachmentView } from "../../shared/protocol/views.ts"
import type { BoxFiles } from "./attach.ts"
import { ClipIcon, CloseIcon } from "./icons.tsx"
import type { Words } from "./words.ts"

/** The files of what is being written, each with how far it is, or what is wrong with it. */
export const HeldFiles = ({
  files,
  say,
  onRemoved,
}: {
  files: BoxFiles
  say: Words["say"]
  onRemoved: () => void
}) => (
  <div class="held">
    {files.held.map(({ key, name, share, sent, why, again }) => (
      <p key={key}>
        <span dir="auto">
          {name}
          {why ? (
            <small role="alert">
              {/* What is wrong with the file itself stays wrong. */}
              {why === "wrong-kind" || !again
                ? say(why as "empty")
                : [
                    say("message.failed"),
                    <button type="button" class="word" onClick={again}>
                      {say("message.retry")}
                    </button>,
                  ]}
            </small>
          ) : (
            !sent && <progress value={share} aria-label={name} />
          )}
        </span>
        <button
          type="button"
          class="close"
          aria-label={`${say("message.discard")}: ${name}`}
          onClick={() => {
            files.remove(key)
            onRemoved()
          }}
        >
          <CloseIcon />
        </button>
      </p>
    ))}
  </div>
)

export const AttachButton = ({ files, say }: { files: BoxFiles; say: Words["say"] }) => {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        onChange={({ currentTarget: chosen }) => {
          files.add(chosen.files ?? [])
          chosen.value = ""
        }}
      />
      <button
        type="button"
        class="close"
        aria-label={say("attach")}
        title={say("attach")}
        onClick={() => input.current?.click()}
      >
        <ClipIcon />
      </button>
    </>
  )
}

/** A file of a message, to be saved; one that the relay says is a picture is seen. */
const Sent = ({ file: { id, name, type }, files }: { file: AttachmentView; files: BoxFiles }) => {
  const [picture, setPicture] = useState("")
  const seen = /\/(?:png|jpeg|gif|webp)$/.test(type)

  useLayoutEffect(() => {
    if (seen)
      void files.load(id).then((bytes) => {
        // What is no picture by its content comes as something else, whatever it is called.
        if (bytes.type.startsWith("image/")) setPicture(URL.createObjectURL(bytes))
      })
  }, [id])

  return (
    <button
      type="button"
      class="file"
      data-seen={seen}
      title={name}
      onClick={async () => {
        const link = document.createElement("a")
        link.href = picture || URL.createObjectURL(await files.load(id))
        link.download = name
        link.click()
      }}
    >
      {picture ? <img src={picture} alt={name} /> : name}
    </button>
  )
}

/** What stands under a message's words. */
export const SentFiles = ({ of = [], files }: { of: AttachmentView[] | undefined; files: BoxFiles }) => (
  <>
    {of.map((file) => (
      <Sent key={file.id} file={file} files={files} />
    ))}
  </>
)
