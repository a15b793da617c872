/** Vector icons of the box, drawn with the text's colour. */

export const CloseIcon = () => (
  <svg class="icon" viewBox="0 0 20 20" aria-hidden="true">
    <path d="M5 5l10 10M15 5L5 15" />
  </svg>
)

export const SendIcon = () => (
  <svg class="icon" viewBox="0 0 20 20" aria-hidden="true">
    <path d="M10 16V4M5 9l5-5 5 5" />
  </svg>
)
