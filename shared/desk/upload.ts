import { SECOND } from "../words/time.ts"
import { errorOf } from "./answered.ts"
import { Unreachable } from "./port.ts"

/** Nothing has moved for so long: the line is dead. */
const SILENCE = 30 * SECOND

/**
 * Sends a file as the body of a request; `onShare` hears how much of it is on its way, 0 to 1. Rejects as every call of
 * the port does. By XMLHttpRequest, as fetch does not tell how far it is.
 */
export const sendFile = <T>(options: {
  url: string
  token: string
  bytes: Blob
  onShare: (share: number) => void
  signal: AbortSignal
}): Promise<T> =>
  new Promise((resolve, reject) => {
    const { url, token, bytes, onShare, signal } = options
    const request = new XMLHttpRequest()
    let silence: ReturnType<typeof setTimeout> | undefined
    const moved = (): void => {
      clearTimeout(silence)
      silence = setTimeout(() => {
        request.abort()
        fail(new Unreachable("timeout", `nothing moved for ${SILENCE / SECOND} s`))
      }, SILENCE)
    }
    const end = (): void => {
      clearTimeout(silence)
      signal.removeEventListener("abort", give)
    }
    const fail = (error: unknown): void => {
      end()
      reject(error)
    }
    const give = (): void => {
      request.abort()
      fail(signal.reason)
    }
    request.open("POST", url)
    request.setRequestHeader("Authorization", `Bearer ${token}`)
    request.setRequestHeader("Content-Type", "application/octet-stream")
    request.responseType = "json"
    request.upload.onprogress = ({ loaded, total }) => {
      moved()
      onShare(total > 0 ? loaded / total : 0)
    }
    request.onload = () => {
      if (request.status !== 200) return fail(errorOf(request.status, request.response))
      end()
      resolve(request.response as T)
    }
    request.onerror = () => fail(new Unreachable("network", `${new URL(url).origin} was not reached`))
    if (signal.aborted) return give()
    signal.addEventListener("abort", give)
    moved()
    request.send(bytes)
  })
