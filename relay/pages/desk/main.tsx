import { render } from "preact"
import { httpPort } from "../../../shared/desk/http-port.ts"
import { mountDesk } from "../../../shared/desk/mount.tsx"
import { hashRoute } from "../../../shared/desk/route.ts"
import { pageWords, WordsContext } from "../kit/words.ts"
import { beDevice } from "./device.ts"
import { endSession, keepSession, readSession, type Session } from "./session.ts"
import { SignIn } from "./sign-in.tsx"

/** The desk in a tab: signing in, then the same desk as everywhere, in a browser that beats as a device. */
const root = document.getElementById("root")!
const relay = location.origin

const showDesk = ({ token }: Session): void => {
  const stopBeating = beDevice(relay, token)
  const unmount = mountDesk(root, httpPort({ relay, token }), {
    language: words.language,
    route: hashRoute(window),
    onSignedOut: (how) => {
      stopBeating()
      unmount()
      endSession(localStorage)
      showSignIn(how === "ended")
    },
  })
}

const showSignIn = (ended: boolean): void => {
  document.documentElement.lang = words.language
  const signedIn = (session: Session): void => {
    keepSession(localStorage, session)
    render(null, root)
    showDesk(session)
  }
  render(
    <WordsContext.Provider value={words}>
      <SignIn ended={ended} onSignedIn={signedIn} />
    </WordsContext.Provider>,
    root,
  )
}

const words = await pageWords()
const session = readSession(localStorage)
if (session === null) showSignIn(false)
else showDesk(session)

// A page that the browser kept for "back" has lost its sockets: begin anew.
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload()
})
