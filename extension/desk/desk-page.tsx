import { render } from "preact"
import { mountDesk } from "../../shared/desk/mount.tsx"
import { hashRoute } from "../../shared/desk/route.ts"
import { ask } from "../background/messages.ts"
import { type Kept, readKept, watchKept } from "../background/storage.ts"
import { languageOf } from "../background/words.ts"
import { SpeechContext, speechIn } from "../popup/context.ts"
import { SignIn } from "../popup/sign-in.tsx"
import { deskPort } from "./desk-port.ts"

/**
 * The desk in a tab or beside the page: the shared screens for whoever is signed in, the sign-in until then.
 * Follows the session as it comes and goes in the popup.
 */
export const openDeskPage = async (root: HTMLElement): Promise<void> => {
  let shown: string | null = null
  let unmount: (() => void) | null = null

  const show = (kept: Kept): void => {
    const { session, toolbar } = kept
    const token = session?.token ?? null
    if (token !== null && token === shown) return
    unmount?.()
    unmount = null
    shown = token
    const language = languageOf(toolbar)
    if (session === null) {
      document.documentElement.lang = language
      render(<SignedOut kept={kept} />, root)
      return
    }
    render(null, root)
    unmount = mountDesk(root, deskPort(session), {
      language,
      route: hashRoute(window),
      // The background learns the same from the relay; asking it makes sure that it looks now.
      onSignedOut: () => void ask({ type: "look" }),
    })
  }

  watchKept(show)
  show(await readKept())
  await ask({ type: "look" })
}

const SignedOut = ({ kept }: { kept: Kept }) => (
  <SpeechContext.Provider value={speechIn(languageOf(null))}>
    <div class="signed-out card">
      <SignIn draft={kept.draft} ended={kept.ended} />
    </div>
  </SpeechContext.Provider>
)
