import { render } from "preact"
import { httpPort } from "../../../shared/desk/http-port.ts"
import { mountDesk } from "../../../shared/desk/mount.tsx"
import { hashRoute } from "../../../shared/desk/route.ts"
import { forgetKey } from "../kit/key.ts"
import { pageWords, WordsContext } from "../kit/words.ts"
import { watchInstall } from "./app/install.ts"
import { startApp } from "./app/start.ts"
import { startWorker } from "./app/worker-page.ts"
import { beDevice } from "./device.ts"
import { endSession, keepSession, readSession, type Session } from "./session.ts"
import { SignIn } from "./sign-in.tsx"

/** The desk in a tab: signing in, then the same desk as everywhere, in a browser that beats as a device. */
const root = document.getElementById("root")!
const relay = location.origin

/** Kept all along: the browser offers to install once, and the worker is the same whoever signs in. */
const install = watchInstall()
const worker = startWorker((conversation) => {
  location.hash = `#/c/${conversation}`
})

const showDesk = (session: Session): void => {
  const { token } = session
  const port = httpPort({ relay, token })
  const stopBeating = beDevice(relay, token)
  const app = startApp(session, port, { worker, install })
  const unmount = mountDesk(root, port, {
    language: words.language,
    route: hashRoute(window),
    device: app.parts,
    onSignedOut: (how) => {
      stopBeating()
      app.stop()
      unmount()
      endSession(localStorage)
      // Nothing of oneself stays on a computer that one signs out of.
      if (how === "left") forgetKey()
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
