import { useState } from "preact/hooks"
import { tellKind, tellVerdict } from "../../shared/i18n/reasons/tell.ts"
import type { ToolbarState } from "../../shared/protocol/views.ts"
import { ask } from "../background/messages.ts"
import { useSpeech } from "./context.ts"

/** "Why did I get no e-mail?" for the latest message, in words; a click opens the conversation. */
export const Verdict = ({ verdict }: { verdict: ToolbarState["latestVerdict"] }) => {
  const { say, language } = useSpeech()
  if (verdict === null) return null
  const open = async (): Promise<void> => {
    await ask({ type: "open-desk", conversation: verdict.conversationId })
    window.close()
  }
  const told = tellVerdict(verdict, language)
  return (
    <section aria-labelledby="verdict">
      <h2 id="verdict">{say("verdict.title")}</h2>
      <button
        type="button"
        class="verdict"
        data-code={verdict.reason.code}
        data-kind={verdict.kind}
        onClick={() => void open()}
      >
        <span class="soft">
          {say("verdict.about", { visitor: verdict.visitor || say("waiting.unnamed") })}
        </span>{" "}
        {verdict.kind === "missed" && <span class="pill">{tellKind(verdict.kind, language)}</span>}{" "}
        {told.text}
        {told.todo !== null && <span class="todo soft">{told.todo}</span>}
      </button>
      {told.handOver !== null && <HandOver key={told.handOver} text={told.handOver} />}
    </section>
  )
}

/** What a mail admin needs to know, to be pasted into a mail to them; shown in the conversation. */
const HandOver = ({ text }: { text: string }) => {
  const { say } = useSpeech()
  const [copied, setCopied] = useState(false)
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text)
    setCopied(true)
  }
  return (
    <p class="hand-over">
      <button type="button" class="button small" onClick={() => void copy()}>
        {say("verdict.copy")}
      </button>{" "}
      <span class="small soft" role="status">
        {copied ? say("verdict.copied") : ""}
      </span>
    </p>
  )
}
