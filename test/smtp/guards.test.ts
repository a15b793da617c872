import { describe, expect, test } from "vitest"
import { clientKey, openCrowd } from "../../relay/smtp/crowd.ts"
import { REPLIES } from "../../relay/smtp/replies.ts"

describe("who counts as one client", () => {
  test.each([
    ["192.0.2.7", "192.0.2.7"],
    ["::ffff:192.0.2.7", "192.0.2.7"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["2001:db8:1:2::9", "2001:db8:1:2::/64"],
    ["2001:db8::1", "2001:db8:0:0::/64"],
    ["2001:0db8::1", "2001:db8:0:0::/64"],
    ["::1", "0:0:0:0::/64"],
    ["fe80::1%eth0", "fe80:0:0:0::/64"],
    ["", ""],
  ])("%s is %s", (address, key) => expect(clientKey(address)).toBe(key))

  test("a crowd forgets who has left", () => {
    const crowd = openCrowd({ sessions: 3, sessionsPerClient: 2 })
    expect(crowd.enter("192.0.2.1")).toBeNull()
    expect(crowd.enter("::ffff:192.0.2.1")).toBeNull()
    expect(crowd.enter("192.0.2.1")).toBe(REPLIES.tooManyFromClient)
    expect(crowd.enter("192.0.2.2")).toBe(REPLIES.tooManySessions)
    for (const address of ["192.0.2.1", "192.0.2.1", "192.0.2.1", "192.0.2.2"]) crowd.leave(address)
    expect(crowd.count()).toBe(0)
    expect(crowd.enter("192.0.2.1")).toBeNull()
  })
})

test("every answer begins with a code that fits its class", () => {
  for (const { code, text } of Object.values(REPLIES)) expect(text[0]).toBe(String(code)[0])
})
