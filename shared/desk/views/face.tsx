import { createContext } from "preact"
import { useContext, useEffect, useState } from "preact/hooks"
import type { PictureId } from "../../words/ids.ts"
import type { Pictures } from "../pictures.ts"

/** Where pictures come from; null: there are none here. */
export const PicturesContext = createContext<Pictures | null>(null)

/** Somebody's picture; until it is there, and without one, the first letter of their name. */
export const Face = ({ name, picture }: { name: string; picture?: PictureId | null | undefined }) => {
  const url = usePicture(picture ?? null)
  return (
    <span class="face" aria-hidden="true">
      {url === null ? firstLetter(name) : <img src={url} alt="" />}
    </span>
  )
}

const usePicture = (id: PictureId | null): string | null => {
  const pictures = useContext(PicturesContext)
  const [shown, setShown] = useState<{ id: PictureId; url: string } | null>(null)
  useEffect(() => {
    if (id === null || pictures === null) return
    let gone = false
    pictures
      .url(id)
      .then((url) => gone || setShown({ id, url }))
      // The letter stays.
      .catch(() => undefined)
    return () => {
      gone = true
    }
  }, [id, pictures])
  return shown !== null && shown.id === id ? shown.url : null
}

/** The first letter or digit, upper case; a whole character also where it is several code units. */
const firstLetter = (name: string): string => /[\p{L}\p{N}]/u.exec(name)?.[0].toUpperCase() ?? "·"
