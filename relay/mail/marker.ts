/**
 * Stands on a line of its own above everything in a mail that can be answered. An answer is what is above
 * it; whatever the mail program quotes begins with it. The same in every language, so that it is found
 * whatever language the answering program speaks. The words around it say what it is for.
 */
export const MARKER = "-=-=- answer above this line -=-=-"
