import { linkParts } from "../links.ts"

/** Somebody's words: always text, in the direction they are written, web addresses as links. */
export const Text = ({ text }: { text: string }) => (
  <p class="desk-text" dir="auto">
    {linkParts(text).map((part, at) =>
      part.url === null ? (
        part.text
      ) : (
        <a key={at} href={part.url} target="_blank" rel="noopener noreferrer nofollow">
          {part.text}
        </a>
      ),
    )}
  </p>
)
