import type { MiddlewareHandler } from "hono"

/** What every answer carries, and what pages may load. No inline script or style anywhere. */

/** `ancestors`: sources that may show the page in a frame (CSP3 6.4.2), `'none'` for all but the chat box. */
export const pagePolicy = (ancestors: string, liveOrigin: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    // 'self' covers ws: in Chromium and Firefox, not in older Safari
    `connect-src 'self' ${liveOrigin}`,
    "frame-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${ancestors}`,
  ].join("; ")

/** For answers that are no pages. */
const DATA_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** The socket origin beside an HTTP one. */
export const liveOriginOf = (publicUrl: string): string => publicUrl.replace(/^http/, "ws")

/** Sets what a handler has not set itself. */
export const secureHeaders =
  (publicUrl: string): MiddlewareHandler =>
  async (c, next) => {
    await next()
    const headers = c.res.headers
    const preset = (name: string, value: string): void => {
      if (!headers.has(name)) headers.set(name, value)
    }
    preset("Content-Security-Policy", DATA_POLICY)
    preset("X-Content-Type-Options", "nosniff")
    preset("Referrer-Policy", "no-referrer")
    preset("Cross-Origin-Resource-Policy", "same-origin")
    preset("Cross-Origin-Opener-Policy", "same-origin")
    preset("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
    if (headers.get("Content-Security-Policy")?.includes("frame-ancestors 'none'"))
      preset("X-Frame-Options", "DENY")
    if (publicUrl.startsWith("https:")) preset("Strict-Transport-Security", "max-age=31536000")
  }
