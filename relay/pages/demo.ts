/** The demo page: the box comes by the same tag as on any site; without a site yet, it says what to do. */

const site = document.querySelector<HTMLScriptElement>("script[data-site]")?.dataset.site
document.querySelector<HTMLElement>("#no-site")!.hidden = Boolean(site)
document.querySelector<HTMLElement>("#steps")!.hidden = !site
