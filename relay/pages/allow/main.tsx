import { render } from "preact"
import { caller } from "../../../shared/desk/http-port.ts"
import type { AllowView } from "../../../shared/protocol/mail-health-views.ts"
import { Page } from "./page.tsx"
import { languageOf, loadAllowWords } from "./words.ts"

/** The page to hand to an IT department. Public; it asks for the relay's values once and is static then. */
const root = document.getElementById("root")!
const language = languageOf(location.search, navigator.languages)
const say = await loadAllowWords(language)
document.documentElement.lang = language

const domain = new URLSearchParams(location.search).get("domain")
const query = domain === null ? "" : `?${new URLSearchParams({ domain })}`
render(<p class="allow-note">{say("reading")}</p>, root)
try {
  const view = await caller({ relay: location.origin, token: null }).json<AllowView>(
    "GET",
    `/api/allow${query}`,
  )
  document.title = `${say("title", { domain: view.domain })} · Porchlight`
  render(<Page view={view} say={say} language={language} />, root)
} catch {
  render(
    <p class="allow-note" role="alert">
      {say("failed")}
    </p>,
    root,
  )
}
