import { useLayoutEffect, useRef } from "preact/hooks"
import type { BoxProps } from "./box.tsx"
import { Lantern } from "./lantern.tsx"

/** Whom the visitor can write to, each with its light. `focus`: a person asked for it, so the keyboard follows. */
export const Choice = ({
  box,
  words,
  acts,
  focus,
}: Pick<BoxProps, "box" | "words" | "acts"> & { focus: boolean }) => {
  const { say } = words
  const list = useRef<HTMLUListElement>(null)

  useLayoutEffect(() => {
    const buttons = list.current
    if (focus)
      (buttons?.querySelector<HTMLElement>("[aria-current]") ?? buttons?.querySelector("button"))?.focus()
  }, [])

  return (
    <div class="choice">
      <h2 id="choice">{say("choose.title")}</h2>
      <ul ref={list} aria-labelledby="choice">
        {box.groups.map(({ id, name, on }) => (
          <li key={id}>
            <button
              type="button"
              aria-current={id === box.group || undefined}
              onClick={() => acts.choose(id)}
            >
              <Lantern on={on} />
              <span>
                <b dir="auto">{name}</b>
                <small>{say(on ? "light.on" : "light.off")}</small>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}
