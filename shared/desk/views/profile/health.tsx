import { tellFailure } from "../../../i18n/reasons/failure.ts"
import type { ProfileView } from "../../../protocol/views.ts"
import { useDesk } from "../context.ts"
import type { Work } from "./work.tsx"

/** What is wrong with one's own address, and what gets notices along with it for as long as that is so. */
export const Health = ({
  profile: { destination, fallbackTargets },
  work,
  onChanged,
}: {
  profile: ProfileView
  work: Work
  onChanged: () => void
}) => {
  const { desk, say, language } = useDesk()
  const { failing, lastFailure, fallback, address } = destination
  const choose = async (to: string): Promise<void> => {
    if (await work.run(() => desk.settings.setFallback(address, to === "" ? null : to))) onChanged()
  }
  const told = lastFailure && tellFailure(lastFailure, address, language)
  const targets = [...new Set([...(fallback ? [fallback.address] : []), ...fallbackTargets])]
  return (
    <>
      {told === null ? null : (
        <div class="notice small" data-kind={failing ? "bad" : "warn"} role="status">
          <p>
            <strong>{say(failing ? "destination.failing" : "destination.failed")}</strong> {told.text}
          </p>
          {told.todo === null ? null : (
            <p>
              {told.todo}{" "}
              {told.link !== "allow" ? null : (
                <a href={desk.adminUrl.replace(/admin$/, "allow")} target="_blank" rel="noreferrer">
                  {say("todo.allow")}
                </a>
              )}
            </p>
          )}
          {failing && fallback ? <p>{say("fallback.used", { address: fallback.address })}</p> : null}
        </div>
      )}
      {targets.length === 0 ? null : (
        <label class="field">
          <span>{say("fallback.label")}</span>
          <select
            name="fallback"
            disabled={work.busy}
            value={fallback?.address ?? ""}
            onChange={(event) => void choose(event.currentTarget.value)}
          >
            <option value="">{say("fallback.none")}</option>
            {targets.map((one) => (
              <option key={one} value={one}>
                {one}
              </option>
            ))}
          </select>
        </label>
      )}
    </>
  )
}
