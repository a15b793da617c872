import { describe, expect, test } from "vitest"
import { safeName, safeType } from "../../relay/mail/attachment-name.ts"

describe("the name of an attachment", () => {
  test.each([
    ["plan.pdf", "plan.pdf"],
    ["Příloha č. 1.pdf", "Příloha č. 1.pdf"],
    ["../../x.exe", "x.exe"],
    ["..\\..\\x.exe", "x.exe"],
    ["C:\\Windows\\evil.dll", "evil.dll"],
    ["/etc/passwd", "passwd"],
    ["a\u202efdp.exe", "afdp.exe"],
    ["a\u200b\u200d\ufeffb.txt", "ab.txt"],
    ["a\r\nContent-Type: x.txt", "aContent-Type_ x.txt"],
    ["a\u0000b.txt", "ab.txt"],
    ["a\u2028b.txt", "ab.txt"],
    [".htaccess", "htaccess"],
    ["-rf", "rf"],
    ["name. . .", "name"],
    ['a"b<c>|d?.txt', "a_b_c__d_.txt"],
    ["$(rm -rf).sh", "_(rm -rf).sh"],
    ["NUL", "_NUL"],
    ["con.txt", "_con.txt"],
    ["cafe\u0301.txt", "café.txt"],
    ["...", "attachment-1.bin"],
    ["\u202e", "attachment-1.bin"],
    [null, "attachment-1.bin"],
  ])("%j is %s", (given, name) => expect(safeName(given, "application/octet-stream", 1)).toBe(name))

  test("is short, and keeps its ending", () => {
    const name = safeName(`${"long ".repeat(60)}.tar.gz`, "application/gzip", 1)
    expect([...name].length).toBeLessThanOrEqual(60)
    expect(name).toMatch(/^long long .*…\.gz$/)
    expect(Buffer.byteLength(safeName("🏮".repeat(200), "image/png", 1))).toBeLessThanOrEqual(255)
  })

  test("is made of its type where there is none", () => {
    expect(safeName(null, "image/png", 3)).toBe("image-3.png")
    expect(safeName("", "message/rfc822", 2)).toBe("attachment-2.eml")
  })

  test("has the same harmless form when it is made safe again", () => {
    for (const odd of ["../../x.exe", "a\u202eb", "...", '"; rm', "x".repeat(300)]) {
      const once = safeName(odd, "image/gif", 1)
      expect(safeName(once, "image/gif", 1)).toBe(once)
    }
  })
})

test.each([
  ["Text/HTML", "text/html"],
  ["application/vnd.ms-excel", "application/vnd.ms-excel"],
  ["text/html; charset=x", "application/octet-stream"],
  ["a\r\nb/c", "application/octet-stream"],
  ["", "application/octet-stream"],
])("the type %j is kept as %s", (given, type) => expect(safeType(given)).toBe(type))
