/** The porch lamp: lit or not. It says nothing to a screen reader; words beside it do. */
export const Lantern = ({ on }: { on: boolean }) => (
  <svg class="lantern" data-on={on} viewBox="4 2 24 28" aria-hidden="true">
    <circle class="halo" cx="16" cy="19" r="11" />
    <path class="frame" d="M14 4h4v2l8 6H6l8-6z" />
    <path class="glass" d="M8 14h16l-2 10H10z" />
    <path class="frame" d="M10 26h12v2H10z" />
  </svg>
)
