import { INTENTS } from "../../words/nouns.ts"
import type { DeskState } from "../state.ts"
import { useDesk } from "./context.ts"
import { Face } from "./face.tsx"
import { MENU_ID, Menu } from "./menu.tsx"

/** What holds for the whole desk: the light, one's own status, the way to everything else. */
export const Header = ({ state }: { state: DeskState }) => {
  const { desk, say } = useDesk()
  const { toolbar } = state
  const intent = state.wantedIntent ?? toolbar?.me.intent ?? null
  const known = toolbar !== null && state.connection.state === "connected"
  return (
    <header class="desk-header">
      <div class="desk-light">
        <span class="lamp" data-on={known && toolbar.light} />
        <div>
          <strong class="desk-account">
            <bdi>{toolbar?.account.name ?? "Porchlight"}</bdi>
          </strong>
          <span class="small soft" role="status">
            {say(known ? (toolbar.light ? "light.on" : "light.off") : "light.unknown")}
          </span>
        </div>
      </div>
      <fieldset class="switch desk-intent" disabled={toolbar === null}>
        <legend class="hidden">{say("intent.legend")}</legend>
        {INTENTS.map((one) => (
          <label key={one}>
            <input
              type="radio"
              name="desk-intent"
              checked={intent === one}
              onChange={() => desk.chooseIntent(one)}
            />
            <span data-intent={one}>{say(`intent.${one}`)}</span>
          </label>
        ))}
      </fieldset>
      <button
        type="button"
        class="button quiet icon desk-me"
        aria-label={toolbar === null ? say("menu.open") : say("menu.open.of", { name: toolbar.me.name })}
        aria-haspopup="menu"
        popovertarget={MENU_ID}
      >
        <Face name={toolbar?.me.name ?? ""} />
      </button>
      <Menu state={state} />
    </header>
  )
}
