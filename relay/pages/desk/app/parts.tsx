import { useState } from "preact/hooks"
import { problemOf } from "../../../../shared/desk/problem.ts"
import type { DeskState } from "../../../../shared/desk/state.ts"
import { useDesk } from "../../../../shared/desk/views/context.ts"
import { tellProblem } from "../../../../shared/desk/words.ts"
import { isHandheld } from "../handheld.ts"
import type { Install } from "./install.ts"
import { isToldByExtension } from "./notices.ts"
import type { DevicePush, PushState } from "./push.ts"
import { useWatched } from "./watched.ts"
import { type SayDevice, useDeviceWords } from "./words.ts"
import type { PageWorker } from "./worker-page.ts"

export interface AppParts {
  push: DevicePush
  install: Install
  worker: PageWorker
}

/** Kept when somebody said that they want no notifications here. */
const LATER = "porchlight.desk.notices.later.1"

/** Over the lists: a new version; once, an offer of notifications. */
export const barOf =
  ({ push, worker }: AppParts) =>
  ({ state }: { state: DeskState }) => {
    const say = useDeviceWords(useDesk().language)
    const newer = useWatched(worker.newer)
    const pushState = useWatched(push.state)
    const [later, setLater] = useState(localStorage.getItem(LATER) !== null)
    const deed = useDeed()
    if (say === null || state.toolbar === null) return null
    if (newer)
      return (
        <div class="desk-app-bar" role="status">
          <span>
            {say("update")} <span class="soft">{say("update.kept")}</span>
          </span>
          <button type="button" class="button small primary" onClick={worker.takeOver}>
            {say("update.now")}
          </button>
        </div>
      )
    const ios = pushState.kind === "unfit" && pushState.why === "ios"
    if (state.connection.state !== "connected") return null
    if (later || (pushState.kind !== "off" && !ios) || isToldByExtension(state.toolbar)) return null
    return (
      <div class="desk-app-bar">
        <span>
          <strong>{say("hint.notices")}</strong> {ios ? say("ios") : why(say)}
          <Failure say={say} deed={deed} />
        </span>
        <span class="desk-app-deeds">
          {ios ? null : (
            <button
              type="button"
              class="button small primary"
              disabled={deed.busy}
              onClick={() => deed.run(push.turnOn)}
            >
              {say("turn-on")}
            </button>
          )}
          <button
            type="button"
            class="button small quiet"
            onClick={() => {
              localStorage.setItem(LATER, "1")
              setLater(true)
            }}
          >
            {say("hint.later")}
          </button>
        </span>
      </div>
    )
  }

/** Among one's devices: notifications on this one, and installing. */
export const sectionOf =
  ({ push, install }: AppParts) =>
  ({ state }: { state: DeskState }) => {
    const say = useDeviceWords(useDesk().language)
    const pushState = useWatched(push.state)
    const offered = useWatched(install.offered)
    const deed = useDeed()
    const [tested, setTested] = useState(false)
    if (say === null || state.toolbar === null) return null
    const stale = state.toolbar.devices.some((device) => device.own && device.push?.failure)
    const byExtension = isToldByExtension(state.toolbar)
    return (
      <section class="desk-app-section" aria-label={say("title")}>
        <h3>{say("title")}</h3>
        <p class="small soft">{byExtension ? say("extension") : tell(say, pushState, stale)}</p>
        <Failure say={say} deed={deed} />
        {tested ? (
          <p class="small soft" role="status">
            {say("test.sent")}
          </p>
        ) : null}
        <p class="desk-app-deeds">
          {pushState.kind === "off" && !byExtension ? (
            <button
              type="button"
              class="button small primary"
              disabled={deed.busy}
              onClick={() => deed.run(push.turnOn)}
            >
              {say("turn-on")}
            </button>
          ) : null}
          {pushState.kind === "on" ? (
            <>
              {stale || !pushState.push ? (
                <button
                  type="button"
                  class="button small"
                  disabled={deed.busy}
                  onClick={() => deed.run(push.turnOn)}
                >
                  {say("again")}
                </button>
              ) : (
                <button
                  type="button"
                  class="button small"
                  disabled={deed.busy}
                  onClick={() => deed.run(() => push.test().then(() => setTested(true)))}
                >
                  {say("test")}
                </button>
              )}
              <button
                type="button"
                class="button small quiet"
                disabled={deed.busy}
                onClick={() => deed.run(push.turnOff)}
              >
                {say("turn-off")}
              </button>
            </>
          ) : null}
          {offered ? (
            <button
              type="button"
              class="button small"
              title={say("install.why")}
              onClick={() => deed.run(install.ask)}
            >
              {say("install")}
            </button>
          ) : null}
        </p>
      </section>
    )
  }

const why = (say: SayDevice): string => say(isHandheld(navigator) ? "off.phone" : "off.tab")

const tell = (say: SayDevice, state: PushState, stale: boolean): string => {
  switch (state.kind) {
    case "reading":
      return ""
    case "unfit":
      return say(state.why)
    case "denied":
      return say("denied")
    case "off":
      return why(say)
    case "on":
      if (stale) return say("on.stale")
      return say(state.push ? "on" : "on.open")
  }
}

interface Deed {
  busy: boolean
  problem: ReturnType<typeof problemOf> | null
  run(work: () => Promise<void>): void
}

/** One thing at a time, and what went wrong with the last. */
const useDeed = (): Deed => {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Deed["problem"]>(null)
  const run = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true)
    setProblem(null)
    try {
      await work()
    } catch (error) {
      setProblem(problemOf(error))
    } finally {
      setBusy(false)
    }
  }
  return { busy, problem, run: (work) => void run(work) }
}

const Failure = ({ say, deed }: { say: SayDevice; deed: Deed }) => {
  const desk = useDesk()
  return deed.problem === null ? null : (
    <p class="notice small" data-kind="bad" role="alert">
      {say("failed", { why: tellProblem(desk.say, deed.problem) })}
    </p>
  )
}
