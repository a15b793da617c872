import { dateIn, momentIn, timeIn } from "../../../shared/i18n/formatter.ts"
import type { DeliveryView } from "../../../shared/protocol/views.ts"
import type { DeliveryId } from "../../../shared/words/ids.ts"
import { Copy } from "../kit/copy.tsx"
import { useWords } from "../kit/words.ts"
import { codeIn } from "./mails.ts"

/** The mails, newest first; sign-in codes ready to be copied. */
export const MailListView = ({
  mails,
  chosen,
  onChoose,
}: {
  mails: DeliveryView[]
  chosen: DeliveryId | null
  onChoose: (id: DeliveryId) => void
}) => {
  const { say } = useWords()
  return (
    <nav class="mailbox-list" aria-label={say("mailbox.list")}>
      {mails.length === 0 ? (
        <div class="mailbox-empty">
          <h2>{say("mailbox.empty")}</h2>
          <p class="soft">{say("mailbox.empty.hint")}</p>
        </div>
      ) : (
        <ul class="list">
          {mails.map((mail) => (
            <Row key={mail.id} mail={mail} current={mail.id === chosen} onChoose={onChoose} />
          ))}
        </ul>
      )}
    </nav>
  )
}

const Row = ({
  mail,
  current,
  onChoose,
}: {
  mail: DeliveryView
  current: boolean
  onChoose: (id: DeliveryId) => void
}) => {
  const { say } = useWords()
  const code = codeIn(mail)
  return (
    <li class="mailbox-row" data-code={code ?? undefined}>
      <button type="button" class="row" aria-current={current} onClick={() => onChoose(mail.id)}>
        <span class="mailbox-line">
          <strong>
            <bdi>{mail.subject}</bdi>
          </strong>
          <Time at={mail.createdAt} />
        </span>
        <span class="mailbox-line small soft">
          <span>
            <bdi>{mail.to}</bdi>
          </span>
          <span class="pill" data-kind={mail.state === "failed" ? "bad" : undefined}>
            {say(`mailbox.kind.${mail.kind}`)} · {say(`mailbox.state.${mail.state}`)}
          </span>
        </span>
      </button>
      {code === null ? null : (
        <span class="mailbox-code">
          <code id={`code-${mail.id}`}>{code}</code>
          <Copy text={code} from={`code-${mail.id}`} />
        </span>
      )}
    </li>
  )
}

const Time = ({ at }: { at: number }) => {
  const { language } = useWords()
  const today = new Date(at).toDateString() === new Date().toDateString()
  return (
    <time class="small soft" dateTime={new Date(at).toISOString()} title={momentIn(at, language)}>
      {today ? timeIn(at, language) : dateIn(at, language)}
    </time>
  )
}
