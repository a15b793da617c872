import { useId, useState } from "preact/hooks"
import { contrast, inkOn } from "../../../../shared/design/contrast.ts"
import { numberIn } from "../../../../shared/i18n/formatter.ts"
import { useAdmin } from "../context.ts"
import { Check } from "../kit/field.tsx"
import type { SayLook } from "./words.ts"

/** Dusk, from the tokens: what a choice of one's own begins with. */
const FIRST = "#22304a"
/** The lit lamp. A ground closer to it than this (WCAG contrast) hides that it is lit. */
const LAMP = "#ffc24f"
const TOO_CLOSE = 1.6

/** The product's colour or one's own; the text on it is chosen, and how well it reads is said. */
export const ColorField = ({
  words,
  color,
  onColor,
}: {
  words: SayLook
  color: string | null
  onColor: (color: string | null) => void
}) => {
  const { language } = useAdmin()
  const id = useId()
  // While it is typed it stays as it is typed; what is a colour shows at once.
  const [typed, setTyped] = useState<string | null>(null)
  const ink = color === null ? null : inkOn(color)
  return (
    <fieldset class="admin-several">
      <legend>{words("color")}</legend>
      <Check
        type="radio"
        name={`${id}-of`}
        label={words("color.ours")}
        checked={color === null}
        onCheck={() => onColor(null)}
      />
      <Check
        type="radio"
        name={`${id}-of`}
        label={words("color.own")}
        checked={color !== null}
        onCheck={() => onColor(color ?? FIRST)}
      />
      {color === null || ink === null ? null : (
        <div class="admin-color">
          <input
            type="color"
            aria-label={words("color.pick")}
            aria-describedby={id}
            value={color}
            onInput={(event) => onColor(event.currentTarget.value)}
          />
          <input
            type="text"
            class="admin-color-code"
            aria-label={words("color.pick")}
            value={typed ?? color}
            maxLength={7}
            spellcheck={false}
            autocomplete="off"
            onInput={({ currentTarget: field }) => {
              setTyped(field.value)
              const code = field.value.trim().toLowerCase().replace(/^#?/, "#")
              if (/^#[0-9a-f]{6}$/.test(code)) onColor(code)
            }}
            onBlur={() => setTyped(null)}
          />
          <small id={id} class="soft">
            {words("color.reads", {
              ink: words(ink === "#ffffff" ? "ink.white" : "ink.black"),
              ratio: numberIn(contrast(color, ink), language, { digits: 1 }),
            })}
          </small>
          {contrast(color, LAMP) < TOO_CLOSE ? (
            <p class="notice small" data-kind="warn" role="status">
              {words("color.amber")}
            </p>
          ) : null}
        </div>
      )}
    </fieldset>
  )
}
