import { useEffect, useRef, useState } from "preact/hooks"
import type { ConversationId } from "../../words/ids.ts"
import { useDesk } from "./context.ts"
import { Icon } from "./icon.tsx"

const carriesFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes("Files") ?? false

/** Takes files that are dropped anywhere on the element it stands in, and says so while they are over it. */
export const DropZone = ({ id }: { id: ConversationId }) => {
  const { desk, say } = useDesk()
  const own = useRef<HTMLDivElement>(null)
  const [over, setOver] = useState(false)

  useEffect(() => {
    const zone = own.current?.parentElement
    if (!zone) return
    // One leaves an element for each child that is entered: counted, they come out at none.
    let entered = 0
    const set = (count: number): void => {
      entered = Math.max(0, count)
      setOver(entered > 0)
    }
    const enter = (event: DragEvent): void => {
      if (carriesFiles(event)) set(entered + 1)
    }
    const leave = (event: DragEvent): void => {
      if (carriesFiles(event)) set(entered - 1)
    }
    const hover = (event: DragEvent): void => {
      // Else the browser would open the file in place of the desk.
      if (carriesFiles(event)) event.preventDefault()
    }
    const drop = (event: DragEvent): void => {
      if (!carriesFiles(event)) return
      event.preventDefault()
      set(0)
      desk.files.add(id, [...(event.dataTransfer?.files ?? [])])
      document.getElementById("desk-answer")?.focus()
    }
    zone.addEventListener("dragenter", enter)
    zone.addEventListener("dragleave", leave)
    zone.addEventListener("dragover", hover)
    zone.addEventListener("drop", drop)
    return () => {
      zone.removeEventListener("dragenter", enter)
      zone.removeEventListener("dragleave", leave)
      zone.removeEventListener("dragover", hover)
      zone.removeEventListener("drop", drop)
    }
  }, [desk, id])

  return (
    <div ref={own} class="desk-drop" data-over={over} aria-hidden="true">
      <Icon name="clip" size={32} />
      <span>{say("files.drop")}</span>
    </div>
  )
}
