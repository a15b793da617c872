import { toolbarWords } from "../../extension/background/words.ts"
import { SpeechContext } from "../../extension/popup/context.ts"
import { Footer } from "../../extension/popup/footer.tsx"
import { Light, Lights } from "../../extension/popup/light.tsx"
import { Devices, Team } from "../../extension/popup/people.tsx"
import { SignIn } from "../../extension/popup/sign-in.tsx"
import { Status } from "../../extension/popup/status.tsx"
import { Verdict } from "../../extension/popup/verdict.tsx"
import { Waiting } from "../../extension/popup/waiting.tsx"
import type { PopupView } from "../../extension/rules/popup-view.ts"
import type { ToolbarState } from "../../shared/protocol/views.ts"
import { MINUTE } from "../../shared/words/time.ts"
import { AT, DEVICES, LIGHTS, TEAM, TOOLBAR, VERDICTS, WAITING } from "./samples.ts"
import { Specimen, showSpecimens } from "./specimen.tsx"

/** The parts of the toolbar's popup. */

type Shown = Extract<PopupView, { kind: "shown" }>

const shown = (toolbar: Partial<ToolbarState> = {}, known: Shown["known"] = "now"): Shown => ({
  kind: "shown",
  relay: "https://relay.example",
  toolbar: { ...TOOLBAR, ...toolbar },
  known,
  ack: { kind: "live", at: AT },
  devices: DEVICES,
  team: TEAM,
  adminUrl: null,
  more: 0,
})

const me = (change: Partial<ToolbarState["me"]>): Partial<ToolbarState> => ({
  me: { ...TOOLBAR.me, ...change },
})

showSpecimens(
  <SpeechContext.Provider value={{ language: "en", say: toolbarWords("en") }}>
    <Specimen name="Light: on, off, as it was last known" wide>
      <Light view={shown()} />
      <Light view={shown({ light: false, online: false, lightReason: { code: "no-agents" } })} />
      <Light view={shown({}, "old")} />
    </Specimen>
    <Specimen name="Status: each, with an end, with closed hours" wide>
      {[
        shown(),
        shown(me({ intent: "busy", intentUntil: AT + 30 * MINUTE, intentBack: "available" })),
        shown(me({ intent: "unavailable" })),
        shown({ hours: { open: false, until: AT + 60 * MINUTE, overrideUntil: null } }),
      ].map((view, at) => (
        // Radio buttons of one name belong together within a form.
        <form key={String(at)}>
          <Status view={view} />
        </form>
      ))}
    </Specimen>
    <Specimen name="Waiting: some, more, none" wide>
      <Waiting waiting={WAITING} more={0} />
      <Waiting waiting={WAITING.slice(0, 1)} more={12} />
      <Waiting waiting={[]} more={0} />
    </Specimen>
    <Specimen name="Lights of groups" wide>
      <Lights lights={LIGHTS} />
    </Specimen>
    {VERDICTS.map((verdict) => (
      <Specimen key={verdict.reason.code} name={`Verdict: ${verdict.reason.code}`} wide>
        <Verdict verdict={{ ...verdict, conversationId: WAITING[0]!.id, visitor: "Vera" }} />
      </Specimen>
    ))}
    <Specimen name="Devices and team" wide>
      <Devices devices={DEVICES} />
      <Team team={TEAM} />
    </Specimen>
    <Specimen name="Footer: live, beating, connecting, lost" wide>
      {(["live", "beating", "connecting", "lost"] as const).map((kind) => (
        <Footer
          key={kind}
          relay="https://relay.example"
          ack={{ kind, at: AT }}
          adminUrl="https://relay.example/admin"
        />
      ))}
    </Specimen>
    <Specimen name="Sign-in: address, after the session ended, code" wide>
      <SignIn draft={null} ended={false} />
      <SignIn draft={null} ended />
      <SignIn draft={{ relay: "https://relay.example", address: "anna@lamplight.example" }} ended={false} />
    </Specimen>
  </SpeechContext.Provider>,
)
