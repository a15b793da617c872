import { getConnInfo } from "@hono/node-server/conninfo"
import { createRoute, OpenAPIHono, type RouteConfig, type z } from "@hono/zod-openapi"
import type { Context } from "hono"
import { bodyLimit } from "hono/body-limit"
import { cors } from "hono/cors"
import { refusal } from "../../shared/protocol/http.ts"
import { Refusal } from "../../shared/words/refusals.ts"
import { type ClientAddress, clientAddress } from "./client-address.ts"
import { answerError, badInput, notFound } from "./errors.ts"
import { gate } from "./gate.ts"
import { secureHeaders } from "./headers.ts"
import { bearerOf, KEY_HEADER } from "./keys.ts"
import type { Desk, Me, Route, Visitor } from "./route.ts"
import { ROUTES } from "./routes/index.ts"
import { isUpload } from "./upload-body.ts"

/** Largest body of a request, bytes: a message of 10,000 characters in any script, and its JSON. */
const MAX_BODY = 64 * 1024

/**
 * The API as a Hono app: every route of the table, each one validate → identify → handle → answer.
 * Pages, health and sockets are added by build.ts.
 */
export const createApp = (desk: Desk): OpenAPIHono => {
  const app = new OpenAPIHono({
    defaultHook: (result) => {
      if (!result.success) throw badInput(result.error.issues)
    },
  })
  const addressOf = clientAddress(desk.config.proxies)

  app.onError(answerError(desk.log))
  app.notFound(notFound)
  app.use(secureHeaders(desk.config.publicUrl))
  app.use("/api/*", noStore)
  app.use("/api/*", gate())
  app.use(
    "/api/*",
    cors({
      origin: "*",
      allowMethods: ["GET", "POST", "PUT", "PATCH"],
      allowHeaders: ["Authorization", "Content-Type", KEY_HEADER],
      maxAge: 600,
    }),
  )
  const limited = bodyLimit({ maxSize: MAX_BODY, onError: refuseLarge })
  app.use("/api/*", (c, next) => (isUpload(c.req.path) ? next() : limited(c, next)))

  for (const route of ROUTES) addRoute(app, route, desk, addressOf)

  app.openAPIRegistry.registerComponent("securitySchemes", "bearer", { type: "http", scheme: "bearer" })
  app.doc31("/api/openapi.json", {
    openapi: "3.1.0",
    info: {
      title: "Porchlight",
      version: "1",
      description: `Moments are milliseconds since 1970 by the relay's clock. A refusal changes nothing; its message says what to do.`,
    },
    servers: [{ url: desk.config.publicUrl }],
  })
  return app
}

const addRoute = (app: OpenAPIHono, route: Route, desk: Desk, addressOf: ClientAddress): void => {
  app.openapi(createRoute(describe(route)), async (c: Context) => {
    const me = await identify(route, desk, c)
    const answer = await route.handle({
      desk,
      // The table's handlers each know which of these they have (route.ts).
      me: me as Me & Visitor & null,
      request: c.req.raw,
      again: async () => void (await identify(route, desk, c)),
      address: clientOf(c, addressOf),
      key: c.req.header(KEY_HEADER) ?? "",
      params: valid(c, "param", route.params) as never,
      query: valid(c, "query", route.query) as never,
      body: valid(c, "json", route.body) as never,
    })
    if (answer instanceof Response) return answer
    return route.answer === undefined ? c.body(null, 204) : c.json(answer as object, 200)
  })
}

/** Who calls: the bearer's agent and device, or visitor; null where nobody needs to be anybody. */
const identify = async (route: Route, { store, clock }: Desk, c: Context): Promise<Me | Visitor | null> => {
  if (route.who === "public" || route.who === "key") return null
  if (route.who === "visitor") {
    const visitor = bearerOf(c.req.header("authorization"))
    return store.run("identifyBox", { siteKey: c.req.query("site") ?? "", visitor }, clock.now())
  }
  const me = await store.run("identify", { token: bearerOf(c.req.header("authorization")) }, clock.now())
  if (route.who === "admin" && me.role !== "admin")
    throw new Refusal("forbidden", "only an admin of the account can do this")
  return me
}

const valid = (c: Context, part: "param" | "query" | "json", schema: z.ZodType | undefined): unknown =>
  schema === undefined ? undefined : c.req.valid(part as never)

/** The client's network address, for limits; a socket that is gone has none. */
const clientOf = (c: Context, addressOf: ClientAddress): string =>
  addressOf(getConnInfo(c).remote.address, c.req.header("x-forwarded-for"))

const noStore = async (c: Context, next: () => Promise<void>): Promise<void> => {
  await next()
  c.res.headers.set("Cache-Control", "no-store")
}

const refuseLarge = (): never => {
  throw new Refusal("too-large", `the request is larger than ${MAX_BODY / 1024} kB`)
}

/** Bytes that are not read as anything. */
const FILE = { "application/octet-stream": { schema: { type: "string", format: "binary" } as const } }

const describe = (route: Route): RouteConfig => ({
  method: route.method,
  path: route.path,
  summary: route.summary,
  description: `For: ${route.who}.`,
  security: route.who === "public" || route.who === "key" ? [] : [{ bearer: [] }],
  request: {
    ...(route.params && { params: route.params }),
    ...(route.query && { query: route.query }),
    ...(route.upload && { body: { content: FILE, required: true } }),
    ...(route.body && { body: { content: { "application/json": { schema: route.body } }, required: true } }),
  },
  responses: {
    ...(route.answer === undefined
      ? { 204: { description: "Done" } }
      : { 200: { description: "Done", content: { "application/json": { schema: route.answer } } } }),
    default: { description: "Refused", content: { "application/json": { schema: refusal } } },
  },
})
