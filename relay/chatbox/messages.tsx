import { useLayoutEffect, useRef } from "preact/hooks"
import { dayIn, timeIn } from "../../shared/i18n/formatter.ts"
import type { BoxFiles } from "./attach.ts"
import { SentFiles } from "./attach.tsx"
import { backAt } from "./back.ts"
import type { BoxProps } from "./box.tsx"
import { Ended } from "./ended.tsx"
import { piecesOf } from "./links.ts"
import { type Row, rowsOf } from "./rows.ts"
import { shownOutbox } from "./shown.ts"
import type { Box, Outgoing } from "./state.ts"
import type { Words } from "./words.ts"

/** Nearer to the end than this, the view follows new messages, px. */
const NEAR = 80

const Text = ({ text, lang }: { text: string; lang?: string | null }) => (
  <p class="bubble" dir="auto" lang={lang ?? undefined}>
    {piecesOf(text).map((piece) =>
      piece.href ? (
        <a href={piece.href} target="_blank" rel="noopener noreferrer nofollow">
          {piece.text}
        </a>
      ) : (
        piece.text
      ),
    )}
  </p>
)

const Said = (props: { row: Row; words: Words; box: Box; files: BoxFiles; now: Date }) => {
  const { row, words, box, now } = props
  const { message } = row
  const own = message.author === "visitor"
  const bot = message.author === "bot"
  const name = own
    ? words.say("message.you")
    : bot
      ? `${box.siteName} · ${words.say("message.automatic")}`
      : (message.name ?? words.say("message.team"))
  const today = new Date(message.at).toDateString() === now.toDateString()
  return (
    <>
      {row.day && !today && <p class="day">{dayIn(message.at, words.language)}</p>}
      <div class="message" data-own={own} data-first={row.first} data-bot={bot}>
        <p class={own || !row.first ? "hidden" : "author"} dir="auto">
          {name}
        </p>
        {message.text && <Text text={message.text} lang={bot ? box.siteLanguage : null} />}
        <SentFiles of={message.attachments} files={props.files} />
        {row.last && (
          <time class="when" dateTime={new Date(message.at).toISOString()}>
            {timeIn(message.at, words.language)}
          </time>
        )}
      </div>
    </>
  )
}

const OnItsWay = (props: { out: Outgoing; live: boolean; words: Words; acts: BoxProps["acts"] }) => {
  const { out, words, acts } = props
  const failed = out.state === "failed"
  const failure = out.why === "too-many" ? "message.too-many" : "message.failed"
  const state = failed ? failure : props.live ? "message.sending" : "message.waiting"
  return (
    <div class="message" data-own="true" data-first="true" data-state={out.state}>
      <p class="hidden">{words.say("message.you")}</p>
      <Text text={out.text || (out.files?.[0]?.name ?? "")} />
      <p class="when">
        {words.say(state)}
        {failed && (
          <>
            <button type="button" class="word" onClick={() => acts.retry(out.key)}>
              {words.say("message.retry")}
            </button>
            <button type="button" class="word" onClick={() => acts.discard(out.key)}>
              {words.say("message.discard")}
            </button>
          </>
        )}
      </p>
    </div>
  )
}

/** For a visitor who is in the middle of it when nobody is here any more. */
const closingWords = (box: Box, words: Words): string => {
  const back = box.opensAt === null ? "" : `. ${backAt(box.opensAt, Date.now(), words)}`
  const state = words.say("light.off") + back
  return box.address ? `${state}. ${words.say("hello.off")}` : words.say("hello.closing", { state })
}

/** The conversation: follows its end unless the visitor has scrolled back to read. */
export const Messages = ({
  box,
  words,
  look,
  files,
  acts,
}: Pick<BoxProps, "box" | "words" | "look" | "files" | "acts">) => {
  const log = useRef<HTMLDivElement>(null)
  const near = useRef(true)
  const outbox = shownOutbox(box)
  const own = outbox.at(-1)?.key

  useLayoutEffect(() => {
    const element = log.current
    if (element && near.current) element.scrollTop = element.scrollHeight
  }, [box.messages.length, outbox.length, box.light, box.wentOff, box.after.ended, box.after.rating])

  useLayoutEffect(() => {
    const element = log.current
    if (element && own) element.scrollTop = element.scrollHeight
  }, [own])

  return (
    <div
      ref={log}
      class="log"
      role="log"
      aria-live="polite"
      aria-label={words.say("messages")}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region is reached by the keyboard
      tabIndex={0}
      onScroll={({ currentTarget: at }) => {
        near.current = at.scrollHeight - at.scrollTop - at.clientHeight < NEAR
      }}
    >
      <p class="hello" dir="auto" data-on={box.light === true}>
        {(box.light && look.greeting?.[words.language]) || words.say(box.light ? "hello.on" : "hello.off")}
      </p>
      {rowsOf(box.messages).map((row) => (
        <Said key={row.message.seq} row={row} words={words} box={box} files={files} now={new Date()} />
      ))}
      {outbox.map((out) => (
        <OnItsWay key={out.key} out={out} live={box.link === "live"} words={words} acts={acts} />
      ))}
      {box.after.ended && <Ended box={box} words={words} look={look} acts={acts} />}
      {box.wentOff && <p class="hello closing">{closingWords(box, words)}</p>}
    </div>
  )
}
