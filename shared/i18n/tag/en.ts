/** Words of the look at a site's tag. English says which keys and values there are. */
export const en = {
  title: "Is it there?",
  page: "Page to look at",
  look: "Look now",
  looking: "Looking …",
  hello: "The chat box was loaded on {origin}: {when}",
  "hello.unlisted": "A chat box wanted to be shown on {origin}, which is not listed: {when}",
  "hello.none": "No page has loaded this chat box yet.",
  now: "just now",
  found: "The tag is on {page}, and nothing is in its way.",
  missing:
    "There is no tag in {page}. Copy the line above into it. If a tag manager adds it, load the page in a browser: it is seen below as soon as it is loaded.",
  "other-key": "The tag in {page} is of another site: {value}. Copy the line of this one.",
  "other-relay": "The tag in {page} loads the box from {value}, not from here. Copy the line above anew.",
  "origin-not-listed": "{value} may not show this box: add it to the addresses of the site.",
  "csp-script": "The page’s Content-Security-Policy forbids the script. Add {relay} to {value}.",
  "csp-frame": "The page’s Content-Security-Policy forbids the frame. Add {relay} to {value}.",
  "not-a-page": "{page} answered, but not with a page: {value}",
  unreachable: "{page} was not reached: {value}",
  "why.private":
    "it is in a private network, where the relay does not look. Load the page in a browser: it is seen below.",
  "why.unknown": "the DNS knows no such name.",
  "why.form": "it is no address of a page.",
  "why.timeout": "nothing came within 10 seconds.",
} as const
