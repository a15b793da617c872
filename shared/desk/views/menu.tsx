import { useContext } from "preact/hooks"
import { tellDevice } from "../../i18n/device-name.ts"
import { timeIn } from "../../i18n/formatter.ts"
import { tellLight } from "../../i18n/reasons/tell.ts"
import type { DeviceView, TeammateView } from "../../protocol/views.ts"
import type { DeskState } from "../state.ts"
import { DeviceContext, DialogContext, type DialogName, useDesk } from "./context.ts"
import { Face } from "./face.tsx"

export const MENU_ID = "desk-menu"

/** Oneself, one's devices, the team; profile and signing out. Escape and a click elsewhere close it. */
export const Menu = ({ state }: { state: DeskState }) => {
  const { desk, say, language } = useDesk()
  const openDialog = useContext(DialogContext)
  const here = useContext(DeviceContext)
  const { toolbar } = state
  const ask = (which: DialogName): void => {
    document.getElementById(MENU_ID)?.hidePopover()
    openDialog(which)
  }
  return (
    <div id={MENU_ID} popover="auto" class="desk-menu">
      {toolbar === null ? null : (
        <>
          <div class="desk-menu-me">
            <Face name={toolbar.me.name} picture={toolbar.me.picture} />
            <strong>
              <bdi>{toolbar.me.name}</bdi>
            </strong>
            <span class="small soft">{toolbar.me.address}</span>
          </div>
          <p class="notice small" data-kind={toolbar.light ? "lamp" : undefined}>
            {tellLight(toolbar.lightReason, language)}
          </p>
          {toolbar.lights.length === 0 ? null : (
            <>
              <h3>{say("lights.title")}</h3>
              <ul class="small">
                {toolbar.lights.map(({ groupId, group, on }) => (
                  <li key={groupId} class="desk-presence" data-presence={on ? "present" : "gone"}>
                    <bdi>{group}</bdi>
                    <span class="soft">{say(on ? "lights.on" : "lights.off")}</span>
                  </li>
                ))}
              </ul>
            </>
          )}
          <h3>{say("devices.title")}</h3>
          <ul class="small">
            {toolbar.devices.map((device) => (
              <Device key={device.id} device={device} />
            ))}
          </ul>
          {here === null ? null : <here.Section state={state} />}
          {toolbar.team.length === 0 ? null : (
            <>
              <h3>{say("team.title")}</h3>
              <ul class="small desk-team">
                {toolbar.team.map((mate) => (
                  <Mate key={mate.id} mate={mate} />
                ))}
              </ul>
            </>
          )}
        </>
      )}
      <div class="desk-menu-deeds">
        <button type="button" class="button small" disabled={toolbar === null} onClick={() => ask("profile")}>
          {say("profile.title")}
        </button>
        {toolbar?.me.role === "admin" ? (
          <a class="button small" href={desk.adminUrl} target={adminTarget(desk.adminUrl)}>
            {say("admin.open")}
          </a>
        ) : null}
        <button type="button" class="button small" onClick={() => ask("canned")}>
          {say("canned.title")}
        </button>
        <button type="button" class="button small desk-menu-keys" onClick={() => ask("keys")}>
          {say("keys.title")}
        </button>
        <button type="button" class="button small" onClick={() => ask("sign-out")}>
          {say("sign-out.title")}
        </button>
      </div>
    </div>
  )
}

/** On the relay's own pages it is the next page; from the extension it opens a tab. */
const adminTarget = (url: string): string | undefined =>
  new URL(url).origin === location.origin ? undefined : "_blank"

const Device = ({ device }: { device: DeviceView }) => {
  const { say, language } = useDesk()
  return (
    <li class="desk-presence" data-presence={device.presence}>
      <span>
        <bdi>{tellDevice(device.label, language)}</bdi>
        {device.own ? <span class="soft"> ({say("devices.own")})</span> : null}
        {device.push?.failure ? (
          <span class="desk-device-push" title={device.push.answer ?? undefined}>
            {say(`devices.push.${device.push.failure}`)}
          </span>
        ) : null}
      </span>
      <span class="soft">
        {device.presence === "gone" && device.seenAt !== null
          ? say("devices.gone-since", { time: timeIn(device.seenAt, language) })
          : say(`devices.${device.presence}`)}
      </span>
    </li>
  )
}

const Mate = ({ mate }: { mate: TeammateView }) => {
  const { say } = useDesk()
  return (
    <li class="desk-presence" data-presence={mate.online ? mate.presence : "gone"}>
      <span class="desk-mate">
        <Face name={mate.name} picture={mate.picture} />
        <bdi>{mate.name}</bdi>
      </span>
      <span class="soft">
        {say(mate.online || mate.intent === "unavailable" ? `team.${mate.intent}` : "team.away")}
        {mate.online && mate.presence === "reachable" ? ` (${say("team.by-phone")})` : null}
      </span>
    </li>
  )
}
