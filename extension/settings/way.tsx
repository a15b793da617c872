import { useEffect, useState } from "preact/hooks"
import { hasPermission, permit, takeBack } from "../background/permission.ts"
import { useSpeech } from "../popup/context.ts"
import { permissionFor } from "../rules/relay-url.ts"

/** How the relay is reached: as websites reach it, or by a permission, which can be given and taken back. */
export const Way = ({ relay }: { relay: string }) => {
  const { say } = useSpeech()
  const needed = permissionFor(relay)
  const [direct, setDirect] = useState<boolean | null>(null)
  useEffect(() => {
    if (needed !== null) void hasPermission(needed).then(setDirect)
  }, [needed])
  const { host } = new URL(relay)
  return (
    <section aria-labelledby="way">
      <h2 id="way">{say("browser.relay", { relay: host })}</h2>
      {needed === null && <p class="soft">{say("browser.own")}</p>}
      {needed !== null && direct !== null && (
        <>
          <p class="soft">{say(direct ? "browser.direct" : "browser.asWebsite")}</p>
          <button
            type="button"
            class="button small"
            onClick={() => void (direct ? takeBack(needed) : permit(needed)).then(setDirect)}
          >
            {direct ? say("browser.forbid") : say("problem.permit", { relay: host })}
          </button>
        </>
      )}
    </section>
  )
}
