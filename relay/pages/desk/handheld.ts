/** What of a browser tells a phone or tablet from a desktop. */
export interface BrowserFacts {
  userAgent: string
  maxTouchPoints: number
}

/** iPads say that they are Macs; no Mac has a screen for fingers. */
export const isApple = ({ userAgent, maxTouchPoints }: BrowserFacts): boolean =>
  /\b(iPhone|iPad|iPod)\b/.test(userAgent) || (/\bMacintosh\b/.test(userAgent) && maxTouchPoints > 1)

/** Carried about, and with the desk in the background most of the time: reached by push. */
export const isHandheld = (facts: BrowserFacts): boolean =>
  isApple(facts) || /\bAndroid\b/.test(facts.userAgent)
