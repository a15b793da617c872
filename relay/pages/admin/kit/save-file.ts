/** Has the browser keep bytes as a file. */
export const saveFile = (bytes: Blob, name: string): void => {
  const url = URL.createObjectURL(bytes)
  const link = document.createElement("a")
  link.href = url
  link.download = name
  link.click()
  // The download has begun by then; without this the page would hold the bytes until it is closed.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
