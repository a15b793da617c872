/** What may be sent through the chat, beside its kind (relay/rules/file-kinds.ts). Bytes. */

/** One file. */
export const MOST_BYTES = 10_000_000
/** Files of one message. */
export const MOST_FILES = 10
/** Letters of a file's name as a client may send it; what is kept is shorter (relay/mail/attachment-name.ts). */
export const LONGEST_NAME = 1000

/** Bytes of an agent's picture, and pixels of each of its sides as browsers make it. */
export const MOST_PICTURE_BYTES = 24_000
export const PICTURE_SIDE = 160

/** Pictures that all browsers show and that hold nothing but pixels: the only files ever shown inside a page. */
export const PICTURES: readonly string[] = ["image/png", "image/jpeg", "image/gif", "image/webp"]
