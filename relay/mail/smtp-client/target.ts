/** A server, and how it is spoken to. */
export interface SmtpTarget {
  /** Its name: for its certificate. */
  host: string
  /** Where it is; left out: what the system makes of its name. */
  address?: string
  port: number
  /** TLS from the first byte; else `tls` says what becomes of STARTTLS. */
  secure: boolean
  tls: "never" | "if-offered" | "required"
  /** Whether its certificate has to be right for `host`. Without, TLS is only against listeners (RFC 7435). */
  verify: boolean
  /** Authorities that count instead of the system's, PEM. */
  ca?: string | Buffer
  auth: { user: string; pass: string } | null
  /** What we call ourselves in EHLO. */
  name: string
}
