import { expect, test } from "vitest"
import { loopByMove, type RedirectAgent, redirectLoop } from "../../relay/rules/redirects.ts"
import type { AgentId } from "../../shared/words/ids.ts"

const agent = (name: string, redirect: string | null = null): RedirectAgent => ({
  id: name as AgentId,
  name,
  address: `${name}@x`,
  redirect,
})
const id = (name: string) => name as AgentId

test("a redirect to oneself is a loop, one elsewhere is none", () => {
  const agents = [agent("ada"), agent("ben")]
  expect(redirectLoop(agents, id("ada"), "ada@x")).toEqual(["ada", "ada"])
  expect(redirectLoop(agents, id("ada"), "ben@x")).toBeNull()
  expect(redirectLoop(agents, id("ada"), "info@x")).toBeNull()
})

test("it is found through redirects of those whose destination it is", () => {
  const agents = [agent("ada"), agent("ben", "cleo@x"), agent("cleo", "ada@x")]
  expect(redirectLoop(agents, id("ada"), "ben@x")).toEqual(["ada", "ben", "cleo", "ada"])
  expect(redirectLoop([agent("ada"), agent("ben", "cleo@x"), agent("cleo")], id("ada"), "ben@x")).toBeNull()
})

test("a loop of others is not the owner's, and ends the search", () => {
  const agents = [agent("ada"), agent("ben", "cleo@x"), agent("cleo", "ben@x")]
  expect(redirectLoop(agents, id("ada"), "ben@x")).toBeNull()
})

test("a new destination can close one, by one's own redirect or a colleague's", () => {
  expect(loopByMove([agent("ada", "new@x")], id("ada"), "new@x")).toEqual(["ada", "ada"])
  const agents = [agent("ada", "ben@x"), agent("ben", "new@x")]
  expect(loopByMove(agents, id("ada"), "new@x")).toEqual(["ada", "ben", "ada"])
  expect(loopByMove(agents, id("ada"), "other@x")).toBeNull()
  expect(loopByMove([agent("ada"), agent("ben", "new@x")], id("ada"), "new@x")).toBeNull()
})
