import { useEffect, useState } from "preact/hooks"
import type { ProfileView } from "../../../protocol/views.ts"
import { type Problem, problemOf } from "../../problem.ts"
import { tellProblem } from "../../words.ts"
import { useDesk } from "../context.ts"
import { Dialog } from "../dialog.tsx"
import { Destination } from "./destination.tsx"
import { Notices } from "./notices.tsx"
import { Redirect } from "./redirect.tsx"
import { You } from "./you.tsx"

/** One's own settings: each part saves by itself, and what holds then is read anew from the relay. */
export const Profile = ({ clockOffset, onClose }: { clockOffset: number; onClose: () => void }) => {
  const { desk, say } = useDesk()
  const [profile, setProfile] = useState<ProfileView | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [readings, setReadings] = useState(0)

  // Read again after each change
  useEffect(() => {
    const reading = new AbortController()
    const read = async (): Promise<void> => {
      try {
        setProfile(await desk.settings.read(reading.signal))
        setProblem(null)
      } catch (error) {
        if (!reading.signal.aborted) setProblem(problemOf(error))
      }
    }
    void read()
    return () => reading.abort()
  }, [desk, readings])
  const changed = (): void => setReadings((before) => before + 1)

  return (
    <Dialog id="desk-profile" title={say("profile.title")} onClose={onClose}>
      {problem === null ? null : (
        <p class="notice small" data-kind="bad" role="alert">
          {tellProblem(say, problem)}{" "}
          <button type="button" class="desk-link" onClick={changed}>
            {say("retry")}
          </button>
        </p>
      )}
      {profile === null ? (
        problem === null ? (
          <p class="soft" role="status">
            {say("list.reading")}
          </p>
        ) : null
      ) : (
        <div class="desk-profile">
          <You profile={profile} clockOffset={clockOffset} onChanged={changed} />
          <Notices profile={profile} onChanged={changed} />
          <Destination profile={profile} onChanged={changed} />
          <Redirect profile={profile} onChanged={changed} />
        </div>
      )}
    </Dialog>
  )
}
