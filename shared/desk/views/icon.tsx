const PATHS = {
  back: "M12.5 4.5 7 10l5.5 5.5",
  send: "M3.5 10 16.5 4l-3.6 12.5-3.6-5L3.5 10Zm5.8 1.5L16.5 4",
  mail: "M3 5.5h14v9.5H3zM3 6l7 5.5L17 6",
  alert: "M10 3.5 17.5 16h-15L10 3.5ZM10 8v4M10 14v.2",
  close: "m5.5 5.5 9 9m0-9-9 9",
  down: "m5 8 5 5 5-5",
  clip: "M13.5 6.5 8 12a1.6 1.6 0 0 0 2.300 2.300l5.700-5.700a3.300 3.300 0 0 0-4.700-4.700L5.500 9.700a5 5 0 0 0 7.100 7.100l4.400-4.400",
  file: "M5 3h6.500l3.500 3.500V17H5V3Zm6.500 0v3.500H15",
  out: "M8 5H4.5v10.5H15V12M11 4.5h4.5V9M15 5l-6 6",
  person: "M10 10a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM4 16.5c.8-3 3-4.5 6-4.5s5.2 1.5 6 4.5",
  chat: "M3.5 4.500h13v9h-7l-3.5 3v-3h-2.500z",
  search: "M9 14.5a5.500 5.500 0 1 0 0-11 5.500 5.500 0 0 0 0 11Zm4-1.500 3.500 3.500",
  done: "m4.5 10.5 3.5 3.5 7.5-8",
} as const

export type IconName = keyof typeof PATHS

export const ICON_NAMES = Object.keys(PATHS) as IconName[]

/** A line drawing in the text's colour, beside words that say the same: it is hidden from screen readers. */
export const Icon = ({ name, size = 20 }: { name: IconName; size?: number }) => (
  <svg class="icon" width={size} height={size} viewBox="0 0 20 20" aria-hidden="true" focusable="false">
    <path
      d={PATHS[name]}
      fill="none"
      stroke="currentColor"
      stroke-width="1.6"
      stroke-linecap="round"
      stroke-linejoin="round"
    />
  </svg>
)
