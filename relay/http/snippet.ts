/** The tag that puts the chat box on a site; `publicUrl` is the relay's origin. */
export const snippet = (publicUrl: string, siteKey: string): string =>
  `<script async src="${publicUrl}/box.js" data-site="${siteKey}"></script>`
