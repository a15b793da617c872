/** Shows each surface's components by day and by night beside each other; `#popup` shows that one only. */

const SURFACES = ["base", "desk", "popup", "box"]

const frameOf = (surface: string, theme: "light" | "dark"): HTMLIFrameElement => {
  const frame = document.createElement("iframe")
  frame.title = `${surface}, ${theme}`
  frame.src = `./${surface}.html?theme=${theme}`
  frame.addEventListener("load", () => {
    const inside = frame.contentDocument?.documentElement
    if (!inside) return
    // As high as what is in it, so that all of it is seen on one page.
    new ResizeObserver(() => {
      frame.style.blockSize = `${inside.offsetHeight + 2}px`
    }).observe(inside)
  })
  return frame
}

const asked = location.hash.slice(1)
for (const surface of SURFACES.filter((one) => asked === "" || one === asked)) {
  const section = document.createElement("section")
  const title = document.createElement("h2")
  title.textContent = surface
  const frames = document.createElement("div")
  frames.append(frameOf(surface, "light"), frameOf(surface, "dark"))
  section.append(title, frames)
  document.getElementById("frames")?.append(section)
}
