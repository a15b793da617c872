import { getConnInfo } from "@hono/node-server/conninfo"
import { createRoute, OpenAPIHono, type RouteConfig, type z } from "@hono/zod-openapi"
import type { Context } from "hono"
import { bodyLimit } from "hono/body-limit"
import { cors } from "hono/cors"
import { refusal } from "../../shared/protocol/http.ts"
import { Refusal } from "../../shared/words/refusals.ts"
import { type ClientAddress, clientAddress } from "./client-address.ts"
import { answerError, badInput, notFound } from "./errors.ts"
import { secureHeaders } from "./headers.ts"
import { bearerOf, KEY_HEADER } from "./keys.ts"
import type { Desk, Me, Route } from "./route.ts"
import { ROUTES } from "./routes/index.ts"

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
  app.use(
    "/api/*",
    cors({
      origin: "*",
      allowMethods: ["GET", "POST", "PUT", "PATCH"],
      allowHeaders: ["Authorization", "Content-Type", KEY_HEADER],
      maxAge: 600,
    }),
  )
  app.use("/api/*", bodyLimit({ maxSize: MAX_BODY, onError: refuseLarge }))

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
      me: me as Me & null,
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

/** Who calls: the bearer's agent and device; null where nobody needs to be anybody. */
const identify = async (route: Route, { store, clock }: Desk, c: Context): Promise<Me | null> => {
  if (route.who === "public" || route.who === "key") return null
  const me = await store.run("identify", { token: bearerOf(c.req.header("authorization")) }, clock.now())
  if (route.who === "admin" && me.role !== "admin")
    throw new Refusal("forbidden", "only an admin of the account can do this")
  return me
}

const valid = (c: Context, part: "param" | "query" | "json", schema: z.ZodType | undefined): unknown =>
  schema === undefined ? undefined : c.req.valid(part as never)

/** The client's network address, for limits; a socket that is gone has none. */
export const clientOf = (c: Context, addressOf: ClientAddress): string =>
  addressOf(getConnInfo(c).remote.address, c.req.header("x-forwarded-for"))

const noStore = async (c: Context, next: () => Promise<void>): Promise<void> => {
  await next()
  c.res.headers.set("Cache-Control", "no-store")
}

const refuseLarge = (): never => {
  throw new Refusal("too-large", `the request is larger than ${MAX_BODY / 1024} kB`)
}

const describe = (route: Route): RouteConfig => ({
  method: route.method,
  path: route.path,
  summary: route.summary,
  description: `For: ${route.who}.`,
  security: route.who === "agent" || route.who === "admin" ? [{ bearer: [] }] : [],
  request: {
    ...(route.params && { params: route.params }),
    ...(route.query && { query: route.query }),
    ...(route.body && { body: { content: { "application/json": { schema: route.body } }, required: true } }),
  },
  responses: {
    ...(route.answer === undefined
      ? { 204: { description: "Done" } }
      : { 200: { description: "Done", content: { "application/json": { schema: route.answer } } } }),
    default: { description: "Refused", content: { "application/json": { schema: refusal } } },
  },
})
