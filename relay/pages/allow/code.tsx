import { useId } from "preact/hooks"
import { CopyButton } from "../kit/copy-button.tsx"

/** Something to type, with a button that copies it. */
export const CodeBlock = ({
  code,
  what,
  words,
}: {
  code: string
  what: string
  words: { copy: string; copied: string }
}) => {
  const id = useId()
  return (
    <div class="allow-code">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard */}
      <pre tabIndex={0}>
        <code id={id}>{code}</code>
      </pre>
      <CopyButton text={code} from={id} what={what} words={words} />
    </div>
  )
}
