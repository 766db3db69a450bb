#include "tools/report/page.h"

namespace vmodem::report {
namespace {

// No page of a browser lets what stands in a journal fetch or send anything, whatever it is.
constexpr std::string_view kHead = R"(<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="vmodem-report">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>vmodem report</title>
<style>
:root { color-scheme: light dark; --ink: #1b1f24; --soft: #5b6470; --paper: #ffffff; --field: #f4f6f8;
  --rule: #d5dae0; --link: #0a58a8; --bad: #b3261e; --bad-field: #fdecea; --good: #17703a; --sent: #0a58a8; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e4e7eb; --soft: #9aa4b0; --paper: #14171a; --field: #1d2126; --rule: #363d46;
    --link: #7ab7ff; --bad: #ff8a80; --bad-field: #3a1f1e; --good: #6fcf97; --sent: #7ab7ff; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 76rem; padding: 1.5rem 1rem 4rem; background: var(--paper); color: var(--ink);
  font: 15px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.6rem; margin: 0 0 .3rem; } h2 { font-size: 1.25rem; margin: 2.2rem 0 .6rem; }
h3 { font-size: 1.02rem; margin: 1.4rem 0 .4rem; }
a { color: var(--link); } .soft, .no { color: var(--soft); } .bad { color: var(--bad); } .good { color: var(--good); }
code, .at, .entry, .text, pre { font-family: ui-monospace, monospace; font-size: .86em; }
pre { margin: .3rem 0; white-space: pre-wrap; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .2rem .5rem; border-bottom: 1px solid var(--rule); }
th { font-weight: 600; } td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
details { border: 1px solid var(--rule); border-radius: 6px; margin: .35rem 0; background: var(--field); }
summary { cursor: pointer; padding: .35rem .7rem; } details > :not(summary) { margin-left: .7rem; margin-right: .7rem; }
details.trouble { border-left: 4px solid var(--bad); }
.cards { display: flex; flex-wrap: wrap; gap: .6rem; padding: 0; margin: .8rem 0; list-style: none; }
.cards li { background: var(--field); border: 1px solid var(--rule); border-radius: 6px; padding: .45rem .8rem; min-width: 7.5rem; }
.cards b { display: block; font-size: 1.3rem; font-variant-numeric: tabular-nums; }
.scroll { overflow-x: auto; }
.ladder { table-layout: fixed; background: var(--paper); margin-bottom: .5rem; min-width: 44rem; }
.ladder th.at, .ladder td.at { width: 7.2rem; text-align: right; } .ladder th.entry, .ladder td.entry { width: 4.8rem; text-align: right; }
.ladder td { border-bottom: 0; padding-top: .05rem; padding-bottom: .05rem; overflow-wrap: anywhere; }
.ladder td.text, .ladder td.lane { border-left: 2px solid var(--rule); }
.ladder td.lane:last-child, .ladder td.text:last-child { border-right: 2px solid var(--rule); }
.ladder .arrow { color: var(--soft); } .ladder tr.trouble td.text { color: var(--bad); background: var(--bad-field); }
.ladder tr.quiet td.text { color: var(--soft); } .ladder tr.here td.text { color: var(--soft); font-style: italic; }
.ladder tr.trouble.here td.text { color: var(--bad); }
.ladder tr.command td.text { font-weight: 600; } .ladder tr:target td { outline: 2px solid var(--link); }
.gap { color: var(--soft); padding: .2rem .7rem; }
.timeline { width: 100%; min-width: 44rem; height: auto; font: 12px ui-monospace, monospace; }
.timeline text { fill: var(--ink); } .timeline .tick { fill: var(--soft); text-anchor: middle; } .timeline .bad { fill: var(--bad); }
.timeline .grid { stroke: var(--rule); } .timeline .life { stroke: var(--soft); stroke-width: 2; }
.timeline .sent { fill: var(--sent); } .timeline .lost { stroke: var(--bad); stroke-width: 2.5; fill: none; } .timeline .answered { fill: var(--good); }
.bar { display: inline-block; width: 9rem; height: .6rem; background: var(--rule); border-radius: 3px; overflow: hidden; vertical-align: middle; }
.bar i { display: block; height: 100%; background: var(--good); }
td.met { color: var(--good); } td.never { color: var(--bad); } td.none { color: var(--rule); }
.tools { display: none; gap: .5rem; flex-wrap: wrap; margin: .6rem 0; } .scripted .tools { display: flex; }
.tools input { min-width: 16rem; } .tools input, .tools button { font: inherit; padding: .2rem .6rem; }
@media print {
  body { max-width: none; font-size: 11px; } .tools { display: none !important; } a { color: inherit; text-decoration: none; }
  details { break-inside: auto; } tr, h2, h3, summary { break-inside: avoid; break-after: auto; } h2, h3, summary { break-after: avoid; }
}
</style>
</head>
<body>
)";

constexpr std::string_view kTail = R"(<script>
"use strict";
document.body.classList.add("scripted");
const folds = () => document.querySelectorAll("details");
const openTo = () => {
  const target = location.hash ? document.getElementById(location.hash.slice(1)) : null;
  for (let place = target; place; place = place.parentElement) if (place.tagName === "DETAILS") place.open = true;
  if (target) target.scrollIntoView({block: "center"});
};
addEventListener("hashchange", openTo);
let closed = [];
addEventListener("beforeprint", () => {
  closed = [...folds()].filter(fold => !fold.open);
  for (const fold of closed) fold.open = true;
});
addEventListener("afterprint", () => { for (const fold of closed) fold.open = false; });
for (const tools of document.querySelectorAll(".tools")) {
  const part = tools.parentElement;
  const within = () => part.querySelectorAll("details");
  tools.querySelector(".unfold").onclick = () => { for (const fold of within()) fold.open = true; };
  tools.querySelector(".fold").onclick = () => { for (const fold of within()) fold.open = false; };
  tools.querySelector("input").oninput = event => {
    const wanted = event.target.value.toLowerCase();
    for (const fold of within()) {
      let some = !wanted || fold.querySelector("summary").textContent.toLowerCase().includes(wanted);
      for (const row of fold.querySelectorAll("tbody tr")) {
        row.hidden = wanted && !row.textContent.toLowerCase().includes(wanted);
        some = some || !row.hidden;
      }
      fold.hidden = !some;
      if (wanted && some) fold.open = true;
    }
  };
}
openTo();
</script>
</body>
</html>
)";

}  // namespace

std::string_view page_head() {
  return kHead;
}

std::string_view page_tail() {
  return kTail;
}

}  // namespace vmodem::report
