import { tellReason } from "../../shared/i18n/reasons/tell.ts"
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
  const told = tellReason(verdict.reason, language, undefined, verdict.agentName)
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
        {verdict.kind === "missed" && <strong class="kind">{say("verdict.missed")} </strong>}
        {told.text}
        {told.todo !== null && <span class="todo soft">{told.todo}</span>}
      </button>
    </section>
  )
}
