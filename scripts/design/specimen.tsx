import { type ComponentChildren, render } from "preact"

/** A component in one state, under what it is called. `wide`: it takes the width there is. */
export const Specimen = ({
  name,
  wide = false,
  children,
}: {
  name: string
  wide?: boolean
  children: ComponentChildren
}) => (
  <section class="specimen" aria-label={name}>
    <h3>{name}</h3>
    <div class={`specimen-shown${wide ? " specimen-wide" : ""}`}>{children}</div>
  </section>
)

/** Shows specimens in the page, in the theme that its address asks for. */
export const showSpecimens = (specimens: ComponentChildren): void => {
  const theme = new URLSearchParams(location.search).get("theme")
  if (theme !== null) document.documentElement.dataset.theme = theme
  render(<div class="specimens">{specimens}</div>, document.getElementById("root")!)
}
