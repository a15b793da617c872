import { describe, expect, test } from "vitest"
import { kindOf, shownAs, withEnding } from "../../relay/rules/file-kinds.ts"
import { pixelsOf } from "../../relay/rules/raster.ts"
import { passed, UPLOAD_LIMITS } from "../../relay/rules/upload-limits.ts"
import * as files from "../kit/some-files.ts"

const bytes = (text: string): Buffer => Buffer.from(text, "latin1")

/** A picture of 640 × 480 as far as its beginning says. */
const JPEG = bytes("\xff\xd8\xff\xe0\0\x04AB\xff\xfe\0\x04hi\xff\xc2\0\x11\x08\x01\xe0\x02\x80\x03\x01\x22\0")
const GIF = bytes("GIF89a\x80\x02\xe0\x01\0\0\0")
const WEBP_LOSSY = bytes("RIFF\0\0\0\0WEBPVP8 \0\0\0\0\0\0\0\x9d\x01\x2a\x80\x02\xe0\x01")
const WEBP_LOSSLESS = bytes("RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2f\x7f\xc2\x77\0\0\0")
const WEBP_EXTENDED = bytes("RIFF\0\0\0\0WEBPVP8X\0\0\0\0\0\0\0\0\x7f\x02\0\xdf\x01\0")

describe("what a file is", () => {
  test.each([
    ["png", files.png(), "image/png"],
    ["jpeg", JPEG, "image/jpeg"],
    ["gif", GIF, "image/gif"],
    ["webp", WEBP_LOSSY, "image/webp"],
    ["heic", bytes("\0\0\0\x18ftypheic\0\0"), "image/heic"],
    ["pdf", files.pdf(), "application/pdf"],
    ["zip", files.zip(), "application/zip"],
    ["docx", files.zip("[Content_Types].xml", "word/document.xml"), /wordprocessingml/],
    ["xlsx", files.zip("[Content_Types].xml", "xl/workbook.xml"), /spreadsheetml/],
    ["odt", files.zip("mimetype", "application/vnd.oasis.opendocument.text"), /opendocument\.text/],
    ["doc", bytes("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "application/x-ole-storage"],
    ["mp4", bytes("\0\0\0\x18ftypisom\0\0"), "video/mp4"],
    ["text", Buffer.from("Dobrý den,\r\n\tpříloha"), "text/plain"],
    ["text of another code page", Buffer.from([80, 248, 237, 108, 111, 104, 97]), "text/plain"],
    ["text in UTF-16", Buffer.from("\ufeffname;price", "utf16le"), "text/plain"],
  ])("%s by its content", (_, content, type) => {
    expect(kindOf(content)?.type).toMatch(type)
  })

  test.each([
    ["nothing", Buffer.alloc(0)],
    ["a web page", files.html()],
    ["SVG", files.svg()],
    ["a page after spaces", bytes(" \n\t<HTML>")],
    ["a comment", bytes("<!-- x --><script>")],
    ["PHP", bytes("<?php system(1)")],
    ["a program", files.program()],
    ["ELF", bytes("\x7fELF\x02\x01")],
    ["a Java class", bytes("\xca\xfe\xba\xbe\0\0")],
    ["WebAssembly", bytes("\0asm\x01\0\0\0")],
    ["a PDF that begins later", bytes("\0\0%PDF-1.4")],
  ])("%s is of no kind", (_, content) => {
    expect(kindOf(content)).toBeNull()
  })

  test("a name ends in what the file is, whatever it ended in", () => {
    const picture = kindOf(files.png())!
    expect(withEnding("lamp.PNG", picture)).toBe("lamp.PNG")
    expect(withEnding("lamp.png.exe", picture)).toBe("lamp.png.exe.png")
    expect(withEnding("lamp", picture)).toBe("lamp.png")
    expect(withEnding("run.bat", kindOf(Buffer.from("echo"))!)).toBe("run.bat.txt")
  })
})

describe("what may be shown in a page", () => {
  test.each([
    ["png", files.png(640, 480)],
    ["jpeg", JPEG],
    ["gif", GIF],
    ["webp", WEBP_LOSSY],
    ["webp", WEBP_LOSSLESS],
    ["webp", WEBP_EXTENDED],
  ])("%s of 640 × 480", (kind, content) => {
    expect(pixelsOf(content, `image/${kind}`)).toBe(640 * 480)
    expect(shownAs(content)).toBe(`image/${kind}`)
  })

  test.each([
    ["a picture that would unfold to gigabytes", files.hugePng()],
    ["one that is cut off", files.png().subarray(0, 12)],
    ["a JPEG without a frame", bytes("\xff\xd8\xff\xe0\0\x04AB\xff\xd9")],
    ["a JPEG whose segment leads nowhere", bytes("\xff\xd8\xff\xe0\0\0".repeat(3))],
    ["HEIC, which not all browsers know", bytes("\0\0\0\x18ftypheic\0\0")],
    ["a PDF", files.pdf()],
    ["SVG", files.svg()],
    ["a page", files.html()],
    ["nothing", Buffer.alloc(0)],
  ])("not %s", (_, content) => {
    expect(shownAs(content)).toBeNull()
  })
})

test("limits hold for the next file, not for the last that fits", () => {
  const { files: most, size, waiting } = UPLOAD_LIMITS.visitor
  const none = { files: 0, size: 0, waiting: 0 }
  expect(passed("visitor", none, 1)).toBeNull()
  expect(passed("visitor", { ...none, files: most - 1 }, 1)).toBeNull()
  expect(passed("visitor", { ...none, files: most }, 1)).toBe("hour")
  expect(passed("visitor", { ...none, size: size - 1 }, 1)).toBeNull()
  expect(passed("visitor", { ...none, size: size - 1 }, 2)).toBe("hour")
  expect(passed("visitor", { ...none, waiting }, 1)).toBe("waiting")
  expect(passed("agent", { ...none, waiting }, 1)).toBeNull()
})
