import type { ComponentChildren } from "preact"
import { CopyLine } from "../kit/copy.tsx"
import { hashWith } from "../kit/key.ts"
import { useWords } from "../kit/words.ts"

/** What the relay says about itself to who has the key. */
export interface SetupStatus {
  done: boolean
  /** Nothing leaves the relay: codes are on its mailbox page. */
  capture: boolean
  /** The tag of the first site. */
  snippet: string | null
  chromeFolder: string | null
  firefoxFolder: string | null
}

/** What one does after set-up, in the order that shows most in five minutes. */
export const Next = ({ status, setupKey }: { status: SetupStatus; setupKey: string }) => {
  const { say } = useWords()
  return (
    <ol class="setup-steps">
      <Step title={say("next.desk")}>
        <p>{say(status.capture ? "next.desk.how" : "next.desk.by-mail")}</p>
        <p class="page-deeds">
          <a class="button primary" href="/desk" target="_blank" rel="noopener">
            {say("next.desk.open")}
          </a>
          <a class="button" href={`/mailbox${hashWith(setupKey)}`} target="_blank" rel="noopener">
            {say("next.mailbox.open")}
          </a>
        </p>
      </Step>
      <Step title={say("next.extension")}>
        <p>{say("next.extension.how")}</p>
        {status.chromeFolder ? (
          <>
            <p class="small">
              <Within words={say("next.chrome", { page: MARK })} code="chrome://extensions" />
            </p>
            <CopyLine id="chrome-folder" text={status.chromeFolder} />
          </>
        ) : null}
        {status.firefoxFolder ? (
          <>
            <p class="small">
              <Within
                words={say("next.firefox", { page: MARK })}
                code="about:debugging#/runtime/this-firefox"
              />
            </p>
            <CopyLine id="firefox-folder" text={status.firefoxFolder} />
          </>
        ) : null}
        <p class="small">{say("next.extension.relay")}</p>
        <CopyLine id="relay-address" text={location.origin} />
      </Step>
      {status.snippet ? (
        <Step title={say("next.tag")}>
          <p>{say("next.tag.how")}</p>
          <CopyLine id="snippet" text={status.snippet} />
        </Step>
      ) : null}
      <Step title={say("next.try")}>
        <p>{say("next.try.how")}</p>
        <p>
          <a class="button" href="/demo" target="_blank" rel="noopener">
            {say("next.demo.open")}
          </a>
        </p>
      </Step>
    </ol>
  )
}

const Step = ({ title, children }: { title: string; children: ComponentChildren }) => (
  <li class="card">
    <div>
      <h2>{title}</h2>
      {children}
    </div>
  </li>
)

/** Stands in a sentence where a piece of code is to be shown. */
const MARK = "\u0001"

const Within = ({ words, code }: { words: string; code: string }) => {
  const [before, after] = words.split(MARK)
  return (
    <>
      {before}
      <code>{code}</code>
      {after}
    </>
  )
}
