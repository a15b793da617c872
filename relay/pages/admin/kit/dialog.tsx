import type { ComponentChildren } from "preact"
import { useId, useLayoutEffect, useRef, useState } from "preact/hooks"
import { useAdmin } from "../context.ts"

/**
 * A modal question with a title. The browser keeps the focus in it and gives it back; Escape closes it, but
 * asks first where something typed would be lost.
 */
export const Dialog = ({
  title,
  unsaved = false,
  onClose,
  children,
}: {
  title: string
  unsaved?: boolean
  onClose: () => void
  children: ComponentChildren
}) => {
  const { say } = useAdmin()
  const id = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  const body = useRef<HTMLDivElement>(null)
  const [asking, setAsking] = useState(false)
  useLayoutEffect(() => {
    const shown = dialog.current
    shown?.showModal()
    // Taken away without being closed, it would take the focus along.
    return () => shown?.close()
  }, [])
  /** The question stands above what was typed, which may be scrolled far down. */
  const ask = (): void => {
    setAsking(true)
    body.current?.scrollTo({ top: 0 })
  }
  const leave = (): void => {
    if (unsaved) ask()
    else dialog.current?.close()
  }
  return (
    <dialog
      ref={dialog}
      class="dialog admin-dialog"
      aria-labelledby={id}
      onClose={(event) => event.target === dialog.current && onClose()}
      onCancel={(event) => {
        if (!unsaved || event.target !== dialog.current) return
        event.preventDefault()
        ask()
      }}
    >
      <header class="dialog-head">
        <h2 id={id}>{title}</h2>
        <button type="button" class="button quiet icon" aria-label={say("close")} onClick={leave}>
          <span aria-hidden="true">✕</span>
        </button>
      </header>
      <div ref={body} class="dialog-body">
        {asking && unsaved ? (
          <div class="notice small admin-ask" data-kind="warn" role="alert">
            <span>{say("leave.ask")}</span>
            <button type="button" class="button small" onClick={() => setAsking(false)}>
              {say("leave.stay")}
            </button>
            <button type="button" class="button small danger" onClick={() => dialog.current?.close()}>
              {say("leave.go")}
            </button>
          </div>
        ) : null}
        {children}
      </div>
    </dialog>
  )
}

/** Something that cannot be taken back: says what happens, and does it. */
export const Confirm = ({
  title,
  children,
  deed,
  busy,
  onDo,
  onClose,
}: {
  title: string
  children: ComponentChildren
  /** Words of the button. */
  deed: string
  busy: boolean
  onDo: () => void
  onClose: () => void
}) => {
  const { say } = useAdmin()
  return (
    <Dialog title={title} onClose={onClose}>
      <div class="admin-form">
        {children}
        <div class="admin-deeds">
          <button type="button" class="button danger" disabled={busy} onClick={onDo}>
            {deed}
          </button>
          <button type="button" class="button" onClick={onClose}>
            {say("cancel")}
          </button>
        </div>
      </div>
    </Dialog>
  )
}
