/** The first letter of a name, where a picture would be. */
export const Face = ({ name }: { name: string }) => (
  <span class="desk-face" aria-hidden="true">
    {firstLetter(name)}
  </span>
)

/** The first letter or digit, upper case; a whole character also where it is several code units. */
const firstLetter = (name: string): string => /[\p{L}\p{N}]/u.exec(name)?.[0].toUpperCase() ?? "·"
