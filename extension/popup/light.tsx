import { Face } from "../../shared/desk/views/face.tsx"
import { tellLight, tellLightPeople } from "../../shared/i18n/reasons/tell.ts"
import type { ToolbarState } from "../../shared/protocol/views.ts"
import type { PopupView } from "../rules/popup-view.ts"
import { useSpeech } from "./context.ts"

type Shown = Extract<PopupView, { kind: "shown" }>

/** What sites show right now, and why: who holds the light and with which device, or what is missing. */
export const Light = ({ view: { toolbar, known } }: { view: Shown }) => {
  const { say, language } = useSpeech()
  const old = known === "old"
  const lit = toolbar.light && !old
  return (
    <header class="light" data-on={lit} data-known={known}>
      <span class="lamp" data-on={lit} />
      <div>
        <p class="whose">
          {toolbar.account.name} <span class="soft">· {toolbar.me.name}</span>
        </p>
        <h1 id="light" aria-live="polite">
          {say(old ? "light.title.old" : lit ? "light.title.on" : "light.title.off")}
        </h1>
        <p class="why">
          {old && `${say("light.old")} ${say(toolbar.light ? "light.title.on" : "light.title.off")}. `}
          {tellLightPeople(toolbar.lightReason, language) ?? tellLight(toolbar.lightReason, language)}.
          {!old && toolbar.light && !toolbar.online && ` ${say("light.mine.off")}`}
        </p>
      </div>
      <Face name={toolbar.me.name} picture={toolbar.me.picture} />
    </header>
  )
}

/** The lights of the groups this agent answers for; left out where there are none. */
export const Lights = ({ lights }: { lights: ToolbarState["lights"] }) => {
  const { say } = useSpeech()
  if (lights.length === 0) return null
  return (
    <section aria-labelledby="lights">
      <h2 id="lights">{say("lights.title")}</h2>
      <ul class="people">
        {lights.map(({ groupId, group, on }) => (
          <li key={groupId} data-on={on}>
            <span class="lamp dot" data-on={on} />
            <span class="name">{group}</span>
            <span class="soft">{say(on ? "lights.on" : "lights.off")}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
