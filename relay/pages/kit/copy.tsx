import { CopyButton } from "./copy-button.tsx"
import { useWords } from "./words.ts"

/** Copies a text; says so for a moment. Where the browser forbids it, the text is selected instead. */
export const Copy = ({ text, from }: { text: string; from?: string }) => {
  const { say } = useWords()
  return <CopyButton text={text} from={from} words={{ copy: say("copy"), copied: say("copied") }} />
}

/** Something to copy, in its own line. */
export const CopyLine = ({ id, text }: { id: string; text: string }) => (
  <div class="copy-line">
    <code id={id}>{text}</code>
    <Copy text={text} from={id} />
  </div>
)
