import { MOST_PICTURE_BYTES } from "../../shared/words/files.ts"
import { Refusal } from "../../shared/words/refusals.ts"
import { type FileKind, kindOf } from "./file-kinds.ts"
import { pixelsOf } from "./raster.ts"

/** An agent's picture: small, of a kind that holds pixels and nothing else, whatever who sends it says it is. */

const KINDS = ["image/webp", "image/jpeg", "image/png"]
/** Whoever looks unfolds it, four bytes each. */
const MOST_PIXELS = 512 * 512

/**
 * What kind of picture this is. Refusals: `too-large` in bytes or pixels, `wrong-kind` where it is none of those or
 * does not say how large it is.
 */
export const checkPicture = (bytes: Uint8Array): FileKind => {
  if (bytes.length > MOST_PICTURE_BYTES)
    throw new Refusal(
      "too-large",
      `the picture has ${bytes.length} bytes, and may have ${MOST_PICTURE_BYTES}: make it smaller`,
    )
  const kind = kindOf(bytes)
  const pixels = kind !== null && KINDS.includes(kind.type) ? pixelsOf(bytes, kind.type) : null
  if (kind === null || pixels === null || pixels === 0)
    throw new Refusal("wrong-kind", "this is no picture that can be shown: choose a WebP, JPEG or PNG")
  if (pixels > MOST_PIXELS)
    throw new Refusal(
      "too-large",
      `the picture has ${pixels} pixels, and may have ${MOST_PIXELS}: make it smaller`,
    )
  return kind
}
