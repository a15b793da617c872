import { useEffect, useState } from "preact/hooks"
import { browser } from "../background/browser.ts"
import { useSpeech } from "./context.ts"

/** The commands that have keys from the start (wxt.config.ts), and what each does. */
const COMMANDS = [
  ["_execute_action", "keys.popup"],
  ["status-next", "keys.status"],
  ["open-desk", "desk.open"],
] as const

/** The keys as they are set in this browser; people change them, and browsers leave out those that are taken. */
export const Keys = () => {
  const { say } = useSpeech()
  const [keys, setKeys] = useState<ReadonlyMap<string, string>>(new Map())
  useEffect(() => {
    void browser.commands
      .getAll()
      .then((all) => setKeys(new Map(all.map(({ name = "", shortcut = "" }) => [name, shortcut]))))
  }, [])
  return (
    <section aria-labelledby="keys">
      <h2 id="keys">{say("keys.title")}</h2>
      <dl class="keys">
        {COMMANDS.map(([command, label]) => (
          <div key={command}>
            <dt>{say(label)}</dt>
            <dd>
              {keys.get(command) ? (
                <kbd>{keys.get(command)}</kbd>
              ) : (
                <span class="soft">{say("keys.none")}</span>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
