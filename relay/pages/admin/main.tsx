import { render } from "preact"
import { beDevice } from "../desk/device.ts"
import { endSession, keepSession, readSession, type Session } from "../desk/session.ts"
import { SignIn } from "../desk/sign-in.tsx"
import { pageWords, WordsContext } from "../kit/words.ts"
import { adminApi } from "./api.ts"
import { Admin } from "./shell.tsx"

/** The admin screens: signed in as the desk in this browser is, and the same device with it. */
const root = document.getElementById("root")!
const relay = location.origin
const words = await pageWords()

const showAdmin = ({ token }: Session): void => {
  const stopBeating = beDevice(relay, token)
  const onEnded = (): void => {
    stopBeating()
    render(null, root)
    // The desk in another tab may have signed in again meanwhile.
    if (readSession(localStorage)?.token === token) endSession(localStorage)
    showSignIn(true)
  }
  render(
    <WordsContext.Provider value={words}>
      <Admin api={adminApi({ relay, token })} language={words.language} onEnded={onEnded} />
    </WordsContext.Provider>,
    root,
  )
}

const showSignIn = (ended: boolean): void => {
  document.documentElement.lang = words.language
  const signedIn = (session: Session): void => {
    keepSession(localStorage, session)
    render(null, root)
    showAdmin(session)
  }
  render(
    <WordsContext.Provider value={words}>
      <SignIn ended={ended} onSignedIn={signedIn} />
    </WordsContext.Provider>,
    root,
  )
}

const session = readSession(localStorage)
if (session === null) showSignIn(false)
else showAdmin(session)

// A page that the browser kept for "back" has lost its sockets: begin anew.
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload()
})
