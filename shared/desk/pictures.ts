import { MOST_PICTURE_BYTES, PICTURE_SIDE } from "../words/files.ts"
import type { PictureId } from "../words/ids.ts"
import { Refusal } from "../words/refusals.ts"

/** Pictures of the team, as addresses that stand in a page and nothing else. */
export interface Pictures {
  /** Rejects where it did not come; asked again it is tried again. */
  url(id: PictureId): Promise<string>
  /** Nothing is shown any more. */
  close(): void
}

/** Each is read once: another picture has another id. */
export const pictureShelf = (read: (id: PictureId) => Promise<Blob>): Pictures => {
  const known = new Map<PictureId, Promise<string>>()
  return {
    url: (id) => {
      const before = known.get(id)
      if (before !== undefined) return before
      const url = read(id).then((bytes) => URL.createObjectURL(bytes))
      known.set(id, url)
      url.catch(() => known.delete(id))
      return url
    },
    close: () => {
      for (const url of known.values()) url.then(URL.revokeObjectURL).catch(() => undefined)
      known.clear()
    },
  }
}

/** What browsers are asked for in turn, until it is small enough; not all of them write WebP. */
const WAYS = [
  ["image/webp", 0.85],
  ["image/jpeg", 0.8],
  ["image/jpeg", 0.5],
] as const

/**
 * The middle of a picture as a small square, turned as its camera says, and nothing else of the file: where it was
 * taken stays with the agent. Refusal `wrong-kind` for what this browser cannot show.
 */
export const smallSquare = async (file: Blob): Promise<Blob> => {
  const unfit = (): Refusal => new Refusal("wrong-kind", "this file cannot be shown as a picture")
  const image = await createImageBitmap(file, { imageOrientation: "from-image" }).catch(() => {
    throw unfit()
  })
  const canvas = document.createElement("canvas")
  canvas.width = PICTURE_SIDE
  canvas.height = PICTURE_SIDE
  const pen = canvas.getContext("2d")
  if (pen === null) throw unfit()
  const side = Math.min(image.width, image.height)
  // What can be seen through would be black as JPEG, and another colour by night.
  pen.fillStyle = "white"
  pen.fillRect(0, 0, PICTURE_SIDE, PICTURE_SIDE)
  pen.imageSmoothingQuality = "high"
  const [left, top] = [(image.width - side) / 2, (image.height - side) / 2]
  pen.drawImage(image, left, top, side, side, 0, 0, PICTURE_SIDE, PICTURE_SIDE)
  image.close()
  for (const [type, quality] of WAYS) {
    const made = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, type, quality))
    if (made?.type === type && made.size <= MOST_PICTURE_BYTES) return made
  }
  throw unfit()
}

/** The bytes as they go into JSON. */
export const base64Of = async (bytes: Blob): Promise<string> =>
  btoa(String.fromCharCode(...new Uint8Array(await bytes.arrayBuffer())))
