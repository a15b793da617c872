import { isZone, listOf, momentIn, sizeIn, timeIn } from "../../shared/i18n/formatter.ts"
import { mailWords } from "../../shared/i18n/mail/index.ts"
import { assertNever } from "../../shared/words/assert-never.ts"
import type { Language } from "../../shared/words/nouns.ts"
import type { AnswerMail, MailContent, Notice, SignInCode } from "./content.ts"
import { addressCode, destinationChanged, invitation, probe } from "./letter-team.ts"
import { transcript } from "./letter-transcript.ts"
import { lastAnswerer, visitorName } from "./sender.ts"
import { oneLine } from "./subject.ts"

/**
 * What stands in a mail, in order and in words, before it is laid out as text (layout-text.ts) and as HTML
 * (layout-html.ts): so that both parts say the same.
 */
export type Block =
  /** The line above which an answer is read. */
  | { kind: "marker" }
  | { kind: "lead"; text: string }
  /** What somebody wrote; `side` is "them" for who wrote to the reader, "you" for the reader's own. */
  | {
      kind: "message"
      side: "them" | "you"
      name: string | null
      at: string
      text: string
      /** Lines about the files that came with it. */
      files: string[]
    }
  | { kind: "note"; text: string }
  | { kind: "facts"; rows: { label: string; value: string; href: string | null }[] }
  /** `quiet`: beside one that is more likely to be what the reader wants. */
  | { kind: "button"; text: string; href: string; quiet?: boolean }
  | { kind: "code"; code: string }
  /** Small print; a line may be a link. */
  | { kind: "small"; lines: (string | { text: string; href: string })[] }

/** `publicUrl` is what people's browsers use, without a slash at its end. */
export const letterOf = (content: MailContent, publicUrl: string): Block[] => {
  switch (content.kind) {
    case "offline-notice":
    case "missed-notice":
      return notice(content, publicUrl)
    case "answer":
      return answer(content)
    case "transcript":
      return transcript(content)
    case "sign-in-code":
      return code(content)
    case "address-code":
      return addressCode(content)
    case "destination-changed":
      return destinationChanged(content)
    case "probe":
      return probe(content)
    case "invitation":
      return invitation(content, publicUrl)
    default:
      return assertNever(content)
  }
}

const notice = (content: Notice, publicUrl: string): Block[] => {
  const say = mailWords(content.language)
  const visitor = visitorName(content)
  const site = oneLine(content.site)
  // Somebody was there and the visitor has left; or the other way round, nobody was, and they may be waiting.
  const missed = content.kind === "missed-notice"
  const blocks: Block[] = [
    { kind: "marker" },
    {
      kind: "lead",
      text: content.writtenTo
        ? say("notice.mailLead", { visitor, address: oneLine(content.writtenTo) })
        : missed
          ? say("missed.lead", { visitor, site })
          : say("notice.lead", { visitor, site }),
    },
    ...content.messages.map(
      ({ at, text, attachments = [] }): Block => ({
        kind: "message",
        side: "them",
        name: null,
        at: momentIn(at, content.language, content.zone),
        text,
        files: attached(attachments, content.language, "notice.inDesk"),
      }),
    ),
  ]
  if (content.more > 0) blocks.push({ kind: "note", text: say("notice.more", { count: content.more }) })
  blocks.push(
    { kind: "note", text: replyNote(content) },
    ...buttons(content, publicUrl),
    { kind: "facts", rows: noticeFacts(content) },
    {
      kind: "small",
      lines: [
        content.writtenTo ? say("notice.mailWhy") : missed ? say("missed.why") : say("notice.why"),
        forWhom(content),
        { text: say("notice.whyMore"), href: deskLink(content, publicUrl) },
        ...switchOff(content, publicUrl),
      ],
    },
  )
  return blocks
}

/** Files that are with this mail, and those that are not, with what `left` says of them. */
const attached = (
  files: readonly { name: string; size: number; along?: boolean }[],
  language: Language,
  left: "notice.inDesk" | "answer.tooLarge",
): string[] => {
  const say = mailWords(language)
  const named = (some: readonly { name: string; size: number }[]) => ({
    count: some.length,
    files: some.map(({ name, size }) => `${oneLine(name)} (${sizeIn(size, language)})`).join(", "),
  })
  const [along, others] = [files.filter((file) => file.along), files.filter((file) => !file.along)]
  return [
    ...(along.length > 0 ? [say("notice.attached", named(along))] : []),
    ...(others.length > 0 ? [say(left, named(others))] : []),
  ]
}

const deskLink = ({ conversationId }: Notice, publicUrl: string): string =>
  `${publicUrl}/desk#/c/${conversationId}`

/** Where such mails are switched off, and what mail programs post to by themselves (RFC 8058). */
export const unsubscribeLink = (content: MailContent, publicUrl: string): string | null =>
  "unsubscribeToken" in content && content.unsubscribeToken
    ? `${publicUrl}/unsubscribe/${content.unsubscribeToken}`
    : null

const switchOff = (content: Notice, publicUrl: string): { text: string; href: string }[] => {
  const href = unsubscribeLink(content, publicUrl)
  return href === null ? [] : [{ text: mailWords(content.language)("notice.switchOff"), href }]
}

/** What becomes of an answer: where the visitor reads it. */
const replyNote = (content: Notice): string => {
  const say = mailWords(content.language)
  const visitor = visitorName(content)
  if (content.writtenTo)
    return content.visitor.address ? say("notice.mailReply", { visitor }) : say("notice.mailReplyNoAddress")
  if (content.kind === "missed-notice")
    return content.visitor.address ? say("missed.reply", { visitor }) : say("missed.replyNoAddress")
  return content.visitor.address ? say("notice.reply", { visitor }) : say("notice.replyNoAddress")
}

/** Whoever reads a general inbox need not be an agent: they say who takes it, on a page that needs no sign-in. */
const buttons = (content: Notice, publicUrl: string): Block[] => {
  const say = mailWords(content.language)
  const open = deskLink(content, publicUrl)
  if (!content.takeToken) return [{ kind: "button", text: say("notice.open"), href: open }]
  return [
    { kind: "button", text: say("notice.take"), href: `${publicUrl}/take#${content.takeToken}` },
    { kind: "button", text: say("notice.open"), href: open, quiet: true },
  ]
}

const noticeFacts = (content: Notice) => {
  const say = mailWords(content.language)
  const rows: { label: string; value: string; href: string | null }[] = []
  if (content.page) {
    const { url, title } = content.page
    rows.push({
      label: say("notice.page"),
      value: title ? `${oneLine(title)} – ${oneLine(url)}` : oneLine(url),
      // Only where a browser can go: the page's address came from the visitor's side.
      href: /^https?:\/\//i.test(url) ? url : null,
    })
  }
  const last = content.messages.at(-1)
  // Of who writes by mail it is not known.
  if (last && !content.writtenTo && isZone(content.visitor.zone)) {
    const time = timeIn(last.at, content.language, content.visitor.zone)
    const value = say("notice.theirTimeValue", { time, zone: oneLine(content.visitor.zone) })
    rows.push({ label: say("notice.theirTime"), value, href: null })
  }
  if (content.visitor.address) {
    rows.push({ label: say("notice.address"), value: oneLine(content.visitor.address), href: null })
  }
  return rows
}

const forWhom = (content: Notice): string => {
  const say = mailWords(content.language)
  const names = listOf(content.forWhom.map(oneLine), content.language)
  const account = oneLine(content.account)
  if (content.inbox) {
    return content.forWhom.length > 0
      ? say("notice.forInboxAnd", { account, names })
      : say("notice.forInbox", { account })
  }
  return content.forWhom.length > 1 ? say("notice.forSeveral", { names }) : say("notice.forOne", { names })
}

const answer = (content: AnswerMail): Block[] => {
  const say = mailWords(content.language)
  const site = oneLine(content.site)
  return [
    { kind: "marker" },
    {
      kind: "lead",
      text: content.answers
        ? say("answer.mailLead", { name: lastAnswerer(content) ?? site })
        : say("answer.lead", { name: lastAnswerer(content) ?? site, site }),
    },
    ...content.messages.map(
      ({ author, name, text, at, attachments = [] }): Block => ({
        kind: "message",
        side: author === "visitor" ? "you" : "them",
        name: author === "visitor" ? say("answer.you") : oneLine(name ?? site),
        at: momentIn(at, content.language, content.zone),
        text,
        files: attached(attachments, content.language, "answer.tooLarge"),
      }),
    ),
    { kind: "note", text: say("answer.reply") },
    {
      kind: "small",
      lines: [
        content.answers
          ? say("answer.mailWhy", { address: oneLine(content.answers.writtenTo) })
          : say("answer.why", { site }),
      ],
    },
  ]
}

const code = (content: SignInCode): Block[] => {
  const say = mailWords(content.language)
  return [
    { kind: "lead", text: say("code.lead") },
    { kind: "code", code: content.code },
    { kind: "note", text: say("code.life", { minutes: content.minutes }) },
    { kind: "small", lines: [say("code.notYou")] },
  ]
}
