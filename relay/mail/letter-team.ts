import { momentIn } from "../../shared/i18n/formatter.ts"
import { mailWords } from "../../shared/i18n/mail/index.ts"
import type { AddressCode, DestinationChanged, Invitation, Probe } from "./content.ts"
import type { Block } from "./letter.ts"
import { oneLine } from "./subject.ts"

/** What the relay writes itself to the people of a team, or to an address that is to be theirs. */

/** To an address that is to take mail of an account. Whoever reads it knows by it what they would agree to. */
export const addressCode = (content: AddressCode): Block[] => {
  const say = mailWords(content.language)
  const values = { by: oneLine(content.by), account: oneLine(content.account) }
  return [
    {
      kind: "lead",
      text:
        content.purpose === "destination" ? say("address.lead", values) : say("address.leadInbox", values),
    },
    { kind: "note", text: say("address.code") },
    { kind: "code", code: content.code },
    { kind: "note", text: say("code.life", { minutes: content.minutes }) },
    { kind: "small", lines: [say("address.notYou", values)] },
  ]
}

/** To the address that was a destination: its reader is told even when somebody else changed it. */
export const destinationChanged = (content: DestinationChanged): Block[] => {
  const say = mailWords(content.language)
  const [name, by, account] = [oneLine(content.name), oneLine(content.by), oneLine(content.account)]
  return [
    { kind: "lead", text: say("moved.lead", { name, account }) },
    {
      kind: "facts",
      rows: [
        {
          label: say("moved.when"),
          value: momentIn(content.at, content.language, content.zone),
          href: null,
        },
        { label: say("moved.by"), value: by, href: null },
        { label: say("moved.old"), value: content.oldAddress, href: null },
        { label: say("moved.new"), value: masked(content.newAddress), href: null },
      ],
    },
    { kind: "note", text: say("moved.what") },
    { kind: "note", text: say("moved.notYou", { account }) },
  ]
}

/** Enough to know one's own address by; whoever else reads the old mailbox learns no more than that. */
const masked = (address: string): string => {
  const at = address.lastIndexOf("@")
  return `${address.slice(0, 1)}…${address.slice(at)}`
}

/** To whom an admin tries to write: plain, so that only the way is on trial and not what it says. */
export const probe = (content: Probe): Block[] => {
  const say = mailWords(content.language)
  const [by, account] = [oneLine(content.by), oneLine(content.account)]
  return [
    { kind: "lead", text: say("probe.lead", { by, account }) },
    { kind: "note", text: say("probe.what", { by }) },
    {
      kind: "small",
      lines: [say("probe.why", { time: momentIn(content.at, content.language, content.zone), by, account })],
    },
  ]
}

export const invitation = (content: Invitation, publicUrl: string): Block[] => {
  const say = mailWords(content.language)
  const account = oneLine(content.account)
  return [
    {
      kind: "lead",
      text: say("invitation.lead", { name: oneLine(content.name), by: oneLine(content.by), account }),
    },
    { kind: "note", text: say("invitation.what", { account }) },
    { kind: "note", text: say("invitation.signIn", { address: content.address }) },
    { kind: "button", text: say("invitation.open"), href: `${publicUrl}/desk` },
    { kind: "small", lines: [say("invitation.notYou", { account })] },
  ]
}
