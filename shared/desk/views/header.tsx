import { useContext } from "preact/hooks"
import { INTENTS } from "../../words/nouns.ts"
import { MINUTE } from "../../words/time.ts"
import type { DeskState } from "../state.ts"
import { Until } from "../status/until.tsx"
import { DialogContext, useDesk, useNow } from "./context.ts"
import { Face } from "./face.tsx"
import { Icon } from "./icon.tsx"
import { MENU_ID, Menu } from "./menu.tsx"

/** What holds for the whole desk: the light, one's own status, the way to everything else. */
export const Header = ({ state }: { state: DeskState }) => {
  const { desk, say, language } = useDesk()
  const openDialog = useContext(DialogContext)
  const { toolbar } = state
  const now = useNow(MINUTE) + state.clockOffset
  const intent = state.wantedIntent?.intent ?? toolbar?.me.intent ?? null
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
      <div class="desk-status">
        <fieldset class="switch desk-intent" disabled={toolbar === null}>
          <legend class="hidden">{say("intent.legend")}</legend>
          {INTENTS.map((one) => (
            <label key={one}>
              <input
                type="radio"
                name="desk-intent"
                checked={intent === one}
                onChange={() => desk.chooseIntent({ intent: one, until: null })}
              />
              <span data-intent={one}>{say(`intent.${one}`)}</span>
            </label>
          ))}
        </fieldset>
        {toolbar === null ? null : (
          <Until
            me={toolbar.me}
            wish={state.wantedIntent}
            now={now}
            language={language}
            onChoose={(until) =>
              desk.chooseIntent({ intent: state.wantedIntent?.intent ?? toolbar.me.intent, until })
            }
          />
        )}
      </div>
      <button
        type="button"
        class="button quiet icon desk-find"
        aria-label={say("search.title")}
        title={`${say("search.title")} (Ctrl+K)`}
        onClick={() => openDialog("search")}
      >
        <Icon name="search" />
      </button>
      <button
        type="button"
        class="button quiet icon desk-me"
        aria-label={toolbar === null ? say("menu.open") : say("menu.open.of", { name: toolbar.me.name })}
        aria-haspopup="menu"
        popovertarget={MENU_ID}
      >
        <Face name={toolbar?.me.name ?? ""} picture={toolbar?.me.picture} />
      </button>
      <Menu state={state} />
    </header>
  )
}
