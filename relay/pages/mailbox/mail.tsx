import { useEffect, useState } from "preact/hooks"
import { momentIn } from "../../../shared/i18n/formatter.ts"
import { useWords } from "../kit/words.ts"
import { MailFrame } from "./frame.tsx"
import { headerOf, type OneMail } from "./mails.ts"

const SHAPES = ["html", "text", "headers"] as const
type Shape = (typeof SHAPES)[number]

/** One mail: who, to whom, what state; its parts, and the whole of it as a file. */
export const MailView = ({ one, onBack }: { one: OneMail; onBack: () => void }) => {
  const { say, language } = useWords()
  const { mail } = one
  const [wanted, setWanted] = useState<Shape>("html")
  const shapes = SHAPES.filter((shape) => (shape === "headers" ? one.raw : one[shape]) !== null)
  const shape = shapes.includes(wanted) ? wanted : shapes[0]
  const file = useFile(one.raw)

  return (
    <article class="mailbox-mail" aria-label={mail.subject}>
      <button type="button" class="button small mailbox-back" onClick={onBack}>
        {say("mailbox.back")}
      </button>
      <h2>
        <bdi>{mail.subject}</bdi>
      </h2>
      <dl class="mailbox-facts">
        {one.from === null ? null : (
          <>
            <dt>{say("mailbox.from")}</dt>
            <dd>{one.from}</dd>
          </>
        )}
        <dt>{say("mailbox.to")}</dt>
        <dd>{mail.to}</dd>
        {one.replyTo === null ? null : (
          <>
            <dt>{say("mailbox.reply-to")}</dt>
            <dd>{one.replyTo}</dd>
          </>
        )}
        <dt>{say("mailbox.date")}</dt>
        <dd>
          {momentIn(mail.createdAt, language)} ·{" "}
          <span class="pill" data-kind={mail.state === "failed" ? "bad" : undefined}>
            {say(`mailbox.state.${mail.state}`)}
          </span>
        </dd>
        {mail.answer === null ? null : (
          <>
            <dt>{say("mailbox.server-said")}</dt>
            <dd>{mail.answer}</dd>
          </>
        )}
      </dl>
      {shape === undefined ? (
        <p class="notice">{say("mailbox.not-kept")}</p>
      ) : (
        <>
          <div class="mailbox-tools">
            <fieldset class="switch">
              <legend class="hidden">{say("mailbox.as")}</legend>
              {shapes.map((each) => (
                <label key={each}>
                  <input
                    type="radio"
                    name="shape"
                    checked={each === shape}
                    onChange={() => setWanted(each)}
                  />
                  <span>{say(`mailbox.${each}`)}</span>
                </label>
              ))}
            </fieldset>
            {file === null ? null : (
              <a class="button small" href={file} download={`${mail.id}.eml`}>
                {say("mailbox.save")}
              </a>
            )}
          </div>
          {shape === "html" && one.html !== null ? (
            <MailFrame html={one.html} title={mail.subject} />
          ) : (
            <pre class="mailbox-text">{shape === "text" ? one.text : headerOf(one.raw ?? "")}</pre>
          )}
        </>
      )}
    </article>
  )
}

/** An address to save the whole mail from. */
const useFile = (raw: string | null): string | null => {
  const [address, setAddress] = useState<string | null>(null)
  useEffect(() => {
    if (raw === null) return setAddress(null)
    const url = URL.createObjectURL(new Blob([raw], { type: "message/rfc822" }))
    setAddress(url)
    return () => URL.revokeObjectURL(url)
  }, [raw])
  return address
}
