/**
 * Form of a mail address that may stand in an envelope and a header (RFC 5321 4.1.2 without quoted local
 * parts and address literals), lowercased; no control characters, so no CR or LF. At most 254 octets.
 * Apart from its schema, because the chat box asks the same without carrying a validator.
 */
export const MAIL_ADDRESS =
  /^(?=.{1,64}@)[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])$/
