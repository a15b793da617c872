import type { TestRelay } from "../kit/relay.ts"

/** A request as any client may send it: the whole answer comes back, whatever its status. */
export const ask = async (
  relay: Pick<TestRelay, "url">,
  method: string,
  path: string,
  { body, ...headers }: { body?: unknown } & Record<string, unknown> = {},
): Promise<{ status: number; headers: Headers; json: Answer; text: string }> => {
  const response = await fetch(`${relay.url}${path}`, {
    method,
    redirect: "manual",
    headers: {
      ...(body === undefined ? {} : { "Content-Type": "application/json" }),
      ...(headers as Record<string, string>),
    },
    body: body === undefined ? undefined : typeof body === "string" ? body : JSON.stringify(body),
  })
  const text = await response.text()
  const isJson = response.headers.get("content-type")?.includes("json") && text !== ""
  return { status: response.status, headers: response.headers, json: isJson ? JSON.parse(text) : {}, text }
}

/** Loosely: what an answer says is what the test looks at. */
export interface Answer {
  error?: { code: string; message: string; facts: Record<string, unknown> }
  [field: string]: unknown
}

export const bearer = (token: string) => ({ Authorization: `Bearer ${token}` })
