import { tellLight, tellLightPeople } from "../../shared/i18n/reasons/tell.ts"
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
    </header>
  )
}
