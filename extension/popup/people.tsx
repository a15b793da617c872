import { Face } from "../../shared/desk/views/face.tsx"
import { tellDevice } from "../../shared/i18n/device-name.ts"
import { momentIn, timeIn } from "../../shared/i18n/formatter.ts"
import type { DeviceView, TeammateView } from "../../shared/protocol/views.ts"
import type { Millis } from "../../shared/words/time.ts"
import type { ToolbarSay } from "../background/words.ts"
import { type Speech, useSpeech } from "./context.ts"

/** The agent's devices: which of them holds the light. */
export const Devices = ({ devices }: { devices: DeviceView[] }) => {
  const speech = useSpeech()
  return (
    <section aria-labelledby="devices">
      <h2 id="devices">{speech.say("devices.title")}</h2>
      <ul class="people">
        {devices.map((device) => (
          <li key={device.id} data-presence={device.presence}>
            <span
              class="lamp dot"
              data-on={device.presence !== "gone"}
              data-fading={device.presence === "fading"}
            />
            <span class="name">
              {tellDevice(device.label, speech.language)}{" "}
              {device.own && <span class="pill">{speech.say("devices.own")}</span>}
            </span>
            <span class="soft">{presenceWords(device, speech)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

const presenceWords = ({ presence, seenAt }: DeviceView, { say, language }: Speech): string =>
  presence === "gone" && seenAt !== null
    ? say("devices.goneSince", { time: (isToday(seenAt) ? timeIn : momentIn)(seenAt, language) })
    : say(`devices.${presence}`)

const isToday = (at: Millis): boolean => new Date(at).toDateString() === new Date().toDateString()

/** The others; left out where there are none. */
export const Team = ({ team }: { team: TeammateView[] }) => {
  const { say } = useSpeech()
  if (team.length === 0) return null
  return (
    <section aria-labelledby="team">
      <h2 id="team">{say("team.title")}</h2>
      <ul class="people">
        {team.map((mate) => (
          <li key={mate.id} data-online={mate.online}>
            <span class="lamp dot" data-on={mate.online} />
            <Face name={mate.name} picture={mate.picture} />
            <span class="name">{mate.name}</span>
            <span class="soft">{mateWords(mate, say)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

const mateWords = ({ online, intent, presence }: TeammateView, say: ToolbarSay): string => {
  const words = online || intent === "unavailable" ? say(`team.${intent}`) : say("team.away")
  return online && presence === "reachable" ? `${words} (${say("team.byPhone")})` : words
}
