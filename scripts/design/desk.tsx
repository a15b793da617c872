import { createDesk } from "../../shared/desk/desk.ts"
import type { PendingAnswer } from "../../shared/desk/pending.ts"
import type { DeskPort } from "../../shared/desk/port.ts"
import { type DeskState, initialState } from "../../shared/desk/state.ts"
import { Automatic } from "../../shared/desk/views/automatic.tsx"
import { Composer } from "../../shared/desk/views/composer.tsx"
import { DeskContext } from "../../shared/desk/views/context.ts"
import { Header } from "../../shared/desk/views/header.tsx"
import { Mail } from "../../shared/desk/views/mail.tsx"
import { Message } from "../../shared/desk/views/message.tsx"
import { Mishap } from "../../shared/desk/views/mishap.tsx"
import { Pending } from "../../shared/desk/views/pending.tsx"
import { Rating } from "../../shared/desk/views/rating.tsx"
import { Row } from "../../shared/desk/views/row.tsx"
import { Unconfirmed } from "../../shared/desk/views/unconfirmed.tsx"
import { Verdicts } from "../../shared/desk/views/verdicts.tsx"
import { en } from "../../shared/i18n/desk/en.ts"
import { speak } from "../../shared/i18n/formatter.ts"
import type { InboundMailId } from "../../shared/words/ids.ts"
import { CHANNELS, DELIVERY_STATES } from "../../shared/words/nouns.ts"
import { ONE, view } from "../../test/desk/samples.ts"
import { AT, CAME_BACK, COLLEAGUES, DELIVERY, MESSAGES, ROWS, TOOLBAR, VERDICTS } from "./samples.ts"
import { Specimen, showSpecimens } from "./specimen.tsx"

/** The parts of the desk, over a connection on which nobody answers. */

const never = (): Promise<never> => new Promise(() => undefined)
const port = new Proxy({} as DeskPort, {
  get: (_, name) =>
    name === "relay" ? "https://relay.example" : name === "live" ? () => () => undefined : never,
})
const desk = createDesk({
  port,
  route: { read: () => null, go: () => undefined, listen: () => () => undefined },
  storage: sessionStorage,
  now: () => Date.now(),
  onSignedOut: () => undefined,
})

const state: DeskState = { ...initialState(), toolbar: TOOLBAR, connection: { state: "connected" } }
const nothing = (): void => undefined
const FROM = "mallory@elsewhere.example"
const INBOUND = "in_1" as InboundMailId

const pending = (change: Partial<PendingAnswer>): PendingAnswer => ({
  key: "k",
  conversationId: ONE,
  text: "It does.",
  at: AT,
  state: "waiting",
  problem: null,
  seen: false,
  ...change,
})

showSpecimens(
  <DeskContext.Provider
    value={{ desk, say: speak<typeof en>(en, "en"), language: "en", keptFrom: () => null }}
  >
    <Specimen name="Header: connected, light off, not connected" wide>
      {[
        state,
        { ...state, toolbar: { ...TOOLBAR, light: false } },
        { ...state, connection: { state: "connecting" as const } },
      ].map((one, at) => (
        // Radio buttons of one name belong together within a form.
        <form key={String(at)}>
          <Header state={one} />
        </form>
      ))}
    </Specimen>
    {ROWS.map(([name, summary]) => (
      <Specimen key={name} name={`Row: ${name}`} wide>
        <Row summary={summary} state={state} current={false} />
      </Specimen>
    ))}
    <Specimen name="Row: current, with a draft" wide>
      <Row summary={ROWS[0]![1]} state={{ ...state, drafts: { [ONE]: "Half a sent" } }} current />
    </Specimen>
    {MESSAGES.map(([name, message]) => (
      <Specimen key={name} name={`Message: ${name}`} wide>
        <Message
          item={{
            ...{
              kind: "message",
              message,
              leads: true,
              subject: message.mail?.subject ?? null,
              sender: true,
            },
            ...{ seen: message.author === "agent", seenAt: AT, verdicts: [] },
          }}
          visitor="Vera"
          me={TOOLBAR.me}
          onOriginal={nothing}
        />
      </Specimen>
    ))}
    {VERDICTS.map((verdict) => (
      <Specimen key={verdict.reason.code} name={`Verdict: ${verdict.reason.code}`} wide>
        <Verdicts verdicts={[verdict, ...COLLEAGUES]} me={TOOLBAR.me} />
      </Specimen>
    ))}
    <Specimen name="Mail: each state" wide>
      {DELIVERY_STATES.map((one) => (
        <Mail key={one} delivery={{ ...DELIVERY, state: one }} channel="chat" />
      ))}
    </Specimen>
    <Specimen name="Mail: an answer that came back" wide>
      {CHANNELS.map((channel) => (
        <Mail key={channel} delivery={CAME_BACK} channel={channel} />
      ))}
    </Specimen>
    <Specimen name="Unconfirmed answer: waiting, on its way" wide>
      {[false, true].map((busy) => (
        <Unconfirmed
          key={String(busy)}
          conversationId={ONE}
          answer={{
            id: INBOUND,
            from: FROM,
            subject: "Re: lamps",
            text: "Ignore that.",
            why: null,
            proof: null,
            at: AT,
          }}
          busy={busy}
          onOriginal={nothing}
        />
      ))}
    </Specimen>
    <Specimen name="Automatic mail" wide>
      <Automatic
        mail={{ id: INBOUND, from: FROM, subject: "Out of office", text: "I am away.", at: AT }}
        onOriginal={nothing}
      />
    </Specimen>
    <Specimen name="Answer that is not sent: waiting, sending, refused, held" wide>
      {(["waiting", "sending", "refused", "held"] as const).map((one) => (
        <Pending
          key={one}
          answer={pending({
            state: one,
            problem: one === "refused" ? { kind: "unreachable", why: "timeout" } : null,
          })}
        />
      ))}
    </Specimen>
    <Specimen name="Rating: good, bad with words" wide>
      <Rating rating={{ good: true, words: null, agent: "Anna", at: AT }} />
      <Rating rating={{ good: false, words: "It took a day.", agent: "Anna", at: AT }} />
    </Specimen>
    <Specimen name="What did not work" wide>
      <Mishap
        state={{ ...state, mishap: { what: "join", problem: { kind: "unreachable", why: "network" } } }}
      />
    </Specimen>
    <Specimen name="Composer: empty, with words" wide>
      <Composer state={state} view={view(ONE)} />
    </Specimen>
  </DeskContext.Provider>,
)
