import { MINUTE, type Millis, SECOND } from "../../shared/words/time.ts"

/** What one client, and all of them together, may ask of the SMTP server. */
export interface SmtpLimits {
  /** Largest mail, in bytes; told to clients as SIZE (RFC 1870). */
  mailBytes: number
  /** Bytes read on past `mailBytes`, so that a client hears its 552; then the connection closes. */
  overrunBytes: number
  /** Bytes of unfinished mails held in memory, all sessions together. */
  heldBytes: number
  /** Recipients of one mail. */
  recipients: number
  /** Characters of a command line. */
  commandCharacters: number
  /** Answers 4xx and 5xx in a session since its last accepted mail. */
  errors: number
  /** Commands in a session since its last accepted mail that bring no mail nearer (NOOP, RSET, VRFY…). */
  idleCommands: number
  /** Sessions at a time: all, and of one client (an IPv4 address or an IPv6 /64). */
  sessions: number
  sessionsPerClient: number
  /** New sessions of one client, and recipients of its mails, in a minute; not for our own networks. */
  sessionsAMinute: number
  mailsAMinute: number
  /** Mails to one address of ours in a minute, whoever sends them. */
  mailsToOneAMinute: number
  /** Silence after which a session ends. */
  silenceMs: Millis
  /** Whole length of a session, and of the transfer of one mail, however busy they are. */
  sessionMs: Millis
  dataMs: Millis
  /** How long `close()` waits for clients to hang up. */
  closeMs: Millis
}

export const SMTP_LIMITS: SmtpLimits = {
  // what Gmail and Microsoft 365 let their users send
  mailBytes: 25 * 1024 * 1024,
  // a client that does not look at SIZE reads the answer only once it has sent all; beyond this it is no mail
  overrunBytes: 1024 * 1024,
  // five of the largest, or 10,000 usual ones: bounds what a crowd of slow senders can hold; others are put off
  heldBytes: 128 * 1024 * 1024,
  // RFC 5321 4.5.3.1.8: at least 100
  recipients: 100,
  // RFC 5321 4.5.3.1.4 asks for 512; SMTPUTF8 and other extensions lengthen MAIL FROM (RFC 6531 3.3)
  commandCharacters: 2048,
  // a long list with some dead addresses is honest; who goes on after 20 is guessing
  errors: 20,
  // Postfix stops at 100 too
  idleCommands: 100,
  sessions: 1000,
  // large providers stay under 20 an address; a relay in front of us comes from one
  sessionsPerClient: 100,
  // a provider's outbound host in full flight stays below; a flood of connections does not
  sessionsAMinute: 300,
  mailsAMinute: 1000,
  // more than anybody reads; a mail bomb then fills the sender's queue, not the agent's mailbox
  mailsToOneAMinute: 120,
  // RFC 5321 4.5.3.2 would wait 5 min; all known servers end sooner, and a client tries again
  silenceMs: 60 * SECOND,
  sessionMs: 10 * MINUTE,
  // 25 MB at 700 kbit/s
  dataMs: 5 * MINUTE,
  closeMs: 5 * SECOND,
}
