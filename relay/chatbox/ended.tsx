import { useRef, useState } from "preact/hooks"
import type { BoxProps } from "./box.tsx"

/** A conversation that was closed; and, where the site asks, how it was. */
export const Ended = ({
  box,
  words: { say },
  look,
  acts,
}: Pick<BoxProps, "box" | "words" | "look" | "acts">) => {
  const { rating } = box.after
  const [told, setTold] = useState(false)
  const remark = useRef<HTMLTextAreaElement>(null)
  const asks = look.rates && box.messages.some(({ author }) => author === "agent")
  return (
    <div class="hello closing">
      <p>{say("ended")}</p>
      {asks && (
        <form
          class="rate"
          onSubmit={(event) => {
            event.preventDefault()
            acts.rate(rating === true, remark.current?.value.trim() || null)
            setTold(true)
          }}
        >
          <p id="rate">{say("rate.title")}</p>
          <fieldset aria-labelledby="rate">
            {[true, false].map((good) => (
              <button
                type="button"
                class="button"
                aria-pressed={rating === good}
                onClick={() => acts.rate(good, null)}
              >
                {say(good ? "rate.good" : "rate.bad")}
              </button>
            ))}
          </fieldset>
          <p role="status">{(told || rating !== null) && say("rate.thanks")}</p>
          {rating !== null && !told && (
            <>
              <textarea
                ref={remark}
                rows={2}
                maxLength={1000}
                dir="auto"
                aria-label={say("rate.words")}
                placeholder={say("rate.words")}
              />
              <button type="submit" class="button">
                {say("write.send")}
              </button>
            </>
          )}
        </form>
      )}
    </div>
  )
}
