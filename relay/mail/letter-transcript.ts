import { fullDateIn, momentIn } from "../../shared/i18n/formatter.ts"
import { mailWords } from "../../shared/i18n/mail/index.ts"
import type { Transcript } from "./content.ts"
import type { Block } from "./letter.ts"
import { oneLine } from "./subject.ts"

/** A conversation as a visitor asked to have it: who said what, from the first word to the last. */
export const transcript = (content: Transcript): Block[] => {
  const say = mailWords(content.language)
  const site = oneLine(content.site)
  const { language, zone } = content
  const [first] = content.messages
  return [
    { kind: "marker" },
    {
      kind: "lead",
      text: say("transcript.lead", { site, day: first ? fullDateIn(first.at, language, zone) : "" }),
    },
    ...(content.more > 0
      ? [{ kind: "note", text: say("transcript.more", { count: content.more }) } satisfies Block]
      : []),
    ...content.messages.map(
      ({ author, name, text, at, files }): Block => ({
        kind: "message",
        side: author === "visitor" ? "you" : "them",
        name: author === "visitor" ? say("answer.you") : oneLine(name ?? site),
        at: momentIn(at, language, zone),
        text,
        files:
          files.length === 0
            ? []
            : [say("notice.attached", { count: files.length, files: files.map(oneLine).join(", ") })],
      }),
    ),
    { kind: "note", text: say("answer.reply") },
    { kind: "small", lines: [say("transcript.why", { site })] },
  ]
}
