import type { ComponentChildren } from "preact"
import { useLayoutEffect, useRef } from "preact/hooks"
import { useDesk } from "./context.ts"
import { Icon } from "./icon.tsx"

/** A modal question with a title. The browser keeps the focus in it, closes it on Escape and gives the focus back. */
export const Dialog = ({
  id,
  title,
  deeds,
  wide = false,
  onClose,
  children,
}: {
  id: string
  title: string
  /** Buttons beside the title. */
  deeds?: ComponentChildren
  wide?: boolean
  onClose: () => void
  children: ComponentChildren
}) => {
  const { say } = useDesk()
  const dialog = useRef<HTMLDialogElement>(null)
  useLayoutEffect(() => {
    const shown = dialog.current
    shown?.showModal()
    // Taken away without being closed, it would take the focus along.
    return () => shown?.close()
  }, [])
  return (
    <dialog ref={dialog} class="dialog desk-dialog" data-wide={wide} onClose={onClose} aria-labelledby={id}>
      <div class="dialog-head">
        <h2 id={id}>{title}</h2>
        {deeds}
        <button
          type="button"
          class="button quiet icon"
          aria-label={say("dialog.close")}
          onClick={() => dialog.current?.close()}
        >
          <Icon name="close" />
        </button>
      </div>
      <div class="dialog-body">{children}</div>
    </dialog>
  )
}
