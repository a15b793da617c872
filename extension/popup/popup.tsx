import { render } from "preact"
import { useEffect, useMemo, useState } from "preact/hooks"
import { caller } from "../../shared/desk/http-port.ts"
import { pictureShelf } from "../../shared/desk/pictures.ts"
import { PicturesContext } from "../../shared/desk/views/face.tsx"
import { ask } from "../background/messages.ts"
import { type Kept, readKept, watchKept } from "../background/storage.ts"
import { languageOf } from "../background/words.ts"
import { popupView } from "../rules/popup-view.ts"
import { SpeechContext, speechIn } from "./context.ts"
import { Footer } from "./footer.tsx"
import { Keys } from "./keys.tsx"
import { Light, Lights } from "./light.tsx"
import { Devices, Team } from "./people.tsx"
import { SignIn } from "./sign-in.tsx"
import { Status } from "./status.tsx"
import { Verdict } from "./verdict.tsx"
import { Waiting } from "./waiting.tsx"

/** Paints from what is kept, at once; then wakes the background, whose changes come through storage. */
export const mountPopup = async (root: HTMLElement): Promise<void> => {
  const kept = await readKept()
  render(<Popup first={kept} />, root)
  document.documentElement.dataset.ready = "true"
  await ask({ type: "look" })
  // Nothing but a person opens a popup.
  await ask({ type: "used" })
}

const Popup = ({ first }: { first: Kept }) => {
  const [kept, setKept] = useState(first)
  useEffect(() => watchKept(setKept), [])
  const language = languageOf(kept.toolbar)
  const speech = useMemo(() => speechIn(language), [language])
  useEffect(() => {
    document.documentElement.lang = language
  }, [language])
  const { relay = "", token = null } = kept.session ?? {}
  const pictures = useMemo(
    () => pictureShelf((id) => caller({ relay, token }).file(`/api/pictures/${id}`)),
    [relay, token],
  )
  return (
    <SpeechContext.Provider value={speech}>
      <PicturesContext.Provider value={pictures}>
        <Screen kept={kept} />
      </PicturesContext.Provider>
    </SpeechContext.Provider>
  )
}

const Screen = ({ kept }: { kept: Kept }) => {
  const view = popupView(kept)
  switch (view.kind) {
    case "sign-in":
      return <SignIn draft={view.draft} ended={view.ended} />
    case "first":
      return <First relay={view.relay} lost={view.reached === "lost"} />
    case "shown":
      return (
        <>
          <Light view={view} />
          <Status view={view} />
          <Waiting waiting={view.toolbar.waiting} more={view.more} />
          <Lights lights={view.toolbar.lights} />
          <Verdict verdict={view.toolbar.latestVerdict} />
          <Devices devices={view.devices} />
          <Team team={view.team} />
          <Keys />
          <Footer relay={view.relay} ack={view.ack} adminUrl={view.adminUrl} />
        </>
      )
  }
}

/** Signed in, and nothing known yet: only for the moments before the first answer. */
const First = ({ relay, lost }: { relay: string; lost: boolean }) => {
  const { say } = speechIn(languageOf(null))
  return (
    <>
      <p class="first-word" role="status" data-lost={lost}>
        <span class="lamp" /> {say(lost ? "connection.lost" : "connection.connecting", { relay })}
      </p>
      <Footer relay={relay} ack={null} adminUrl={null} />
    </>
  )
}
