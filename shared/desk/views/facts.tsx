import { timeIn } from "../../i18n/formatter.ts"
import type { ConversationView } from "../../protocol/views.ts"
import { MINUTE } from "../../words/time.ts"
import { webUrl } from "../links.ts"
import type { DeskState } from "../state.ts"
import { useDesk, useNow } from "./context.ts"
import { Icon } from "./icon.tsx"
import { IdentityFacts } from "./identity.tsx"

/** What is known of the visitor: where they were, their time, language and address. */
export const Facts = ({ view, state }: { view: ConversationView; state: DeskState }) => {
  const { say } = useDesk()
  const url = view.page === null ? null : webUrl(view.page.url)
  return (
    <dl class="desk-facts">
      <div>
        <dt>{say("facts.site")}</dt>
        <dd>
          <bdi>{view.site}</bdi>
          {view.group === null ? null : <bdi> · {view.group}</bdi>}
        </dd>
      </div>
      {view.page === null ? null : (
        <div>
          <dt>{say("facts.page")}</dt>
          <dd>
            {url === null ? (
              <bdi>{view.page.title ?? view.page.url}</bdi>
            ) : (
              <a href={url} target="_blank" rel="noopener noreferrer nofollow" title={url}>
                <bdi>{view.page.title || url}</bdi> <Icon name="out" size={14} />
              </a>
            )}
          </dd>
        </div>
      )}
      {view.channel === "mail" ? <WrittenTo view={view} /> : <TimeAndLanguage view={view} state={state} />}
      <div>
        <dt>{say("facts.address")}</dt>
        <dd>
          {view.visitorAddress === null ? (
            <span class="soft">{say("facts.no-address")}</span>
          ) : (
            <a href={`mailto:${encodeURIComponent(view.visitorAddress).replace("%40", "@")}`}>
              {view.visitorAddress}
            </a>
          )}
        </dd>
      </div>
      {view.identity === null ? null : <IdentityFacts identity={view.identity} />}
      {/* Admins find a visitor's data by it who left no address. */}
      {state.toolbar?.me.role === "admin" ? (
        <div>
          <dt>{say("facts.id")}</dt>
          <dd>
            <code class="small soft">{view.visitorId}</code>
          </dd>
        </div>
      ) : null}
    </dl>
  )
}

const TimeAndLanguage = ({ view, state }: { view: ConversationView; state: DeskState }) => {
  const { say, language } = useDesk()
  const now = useNow(MINUTE / 4) + state.clockOffset
  return (
    <>
      <div>
        <dt>{say("facts.time")}</dt>
        <dd>
          {timeIn(now, language, view.visitorZone)} <span class="soft">{view.visitorZone}</span>
        </dd>
      </div>
      <div>
        <dt>{say("facts.language")}</dt>
        <dd>{new Intl.DisplayNames([language], { type: "language" }).of(view.visitorLanguage)}</dd>
      </div>
      {view.visitorDevice === null ? null : (
        <div>
          <dt>{say("facts.device")}</dt>
          <dd>
            <bdi>{view.visitorDevice}</bdi>
          </dd>
        </div>
      )}
    </>
  )
}

/** A mail says neither: what there is to know is where it was sent. */
const WrittenTo = ({ view }: { view: ConversationView }) => {
  const { say } = useDesk()
  const to = [...view.messages.map(({ mail }) => mail?.to)].find((name) => name)
  if (!to) return null
  return (
    <div>
      <dt>{say("facts.written-to")}</dt>
      <dd>
        <bdi>{to}</bdi>
      </dd>
    </div>
  )
}
