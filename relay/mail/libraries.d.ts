/** What is used of libraries that bring no types of their own. */

declare module "planer" {
  /** Cuts what it takes for a quoted mail from a plain text; lines past the 1000th are lost. */
  export const extractFromPlain: (text: string) => string
}

declare module "html-to-text" {
  export interface Selector {
    selector: string
    format?: string
    options?: Record<string, unknown>
  }
  export const compile: (options: {
    /** Characters of a line, or false for none. */
    wordwrap: number | false
    limits: { maxDepth: number; maxChildNodes: number; maxInputLength: number }
    selectors: Selector[]
  }) => (html: string) => string
}
