/** Vector icons of the box, drawn with the text's colour. */

const icon = (d: string) => () => (
  <svg class="icon" viewBox="0 0 20 20" aria-hidden="true">
    <path d={d} />
  </svg>
)

export const CloseIcon = icon("M5 5l10 10M15 5L5 15")

export const MailIcon = icon("M2 5h16v11H2zM2 5l8 6 8-6")

export const ClipIcon = icon("M13 6l-6 6a1 1 0 0 0 2 2l6-6a3 3 0 0 0-4-4l-6 6a5 5 0 0 0 7 7l5-5")

export const SendIcon = icon("M10 16V4M5 9l5-5 5 5")
