/** Colours, type and the parts that portal and desk share. System fonts only: a Chinese web font weighs megabytes. */
export const tokensCss = `
:root {
  --brand: #1456b8; --brand-deep: #0e3f88; --brand-pale: #e9f0fb;
  --ink: #16191f; --quiet: #4b5462; --line: #cdd3db; --ground: #f4f6f9; --paper: #fff;
  --good: #0b6b3a; --good-pale: #e6f4ec; --bad: #b0171c; --bad-pale: #fdecec;
  --warn: #7a4300; --warn-pale: #fff3d4; --focus: #ffbf3c;
  --radius: .5rem; --gap: 1rem;
  font-family: system-ui, -apple-system, "PingFang SC", "HarmonyOS Sans SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif;
  line-height: 1.6; color: var(--ink); background: var(--ground);
  -webkit-text-size-adjust: 100%; text-size-adjust: 100%; accent-color: var(--brand);
  scroll-padding: 1rem;
}
*, *::before, *::after { box-sizing: border-box; }
body { margin: 0; overflow-wrap: anywhere; display: flex; flex-direction: column; min-height: 100vh; }
h1, h2, h3, p, ul, ol, dl, dd, fieldset, figure { margin: 0; padding: 0; }
ul, ol { list-style: none; }
fieldset { border: 0; min-width: 0; }
progress { max-width: 100%; }
h1, .lead { text-wrap: balance; }
h1 { font-size: 1.55rem; line-height: 1.35; }
h2 { font-size: 1.15rem; line-height: 1.4; }
h3 { font-size: 1rem; line-height: 1.4; }
a { color: var(--brand); text-underline-offset: .2em; }
a:hover { color: var(--brand-deep); text-decoration-thickness: .12em; }
:focus-visible { outline: .18rem solid var(--ink); outline-offset: .12rem; box-shadow: 0 0 0 .34rem var(--focus); border-radius: .2rem; }
main:focus, .problem:focus { outline: none; box-shadow: none; }
.skip { position: absolute; left: 1rem; top: -6rem; z-index: 3; padding: .6rem 1rem; background: var(--paper); }
.skip:focus { top: .5rem; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.quiet, .hint, .evidence, .empty { color: var(--quiet); }
.hint, .evidence { font-size: .88rem; }
.yuan { font-variant-numeric: tabular-nums; font-feature-settings: "tnum"; }
.code { font-family: ui-monospace, "SFMono-Regular", Menlo, Consolas, monospace; font-size: .85em; overflow-wrap: anywhere; }
.masthead { background: var(--paper); border-bottom: .2rem solid var(--brand); }
.masthead > * { padding-inline: max(1rem, (100% - var(--page)) / 2); }
.bar { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: center; gap: 0 1rem; min-height: 2.75rem; }
.bar.who { font-size: .92rem; min-height: 0; flex-wrap: nowrap; }
.bar.who:has(form + form) { flex-wrap: wrap; }
.bar.who p { min-width: 0; } .bar.who .quiet { white-space: nowrap; } .bar.who form { flex: none; }
.brand { font-weight: 700; color: var(--ink); text-decoration: none; padding-block: .6rem; }
.brand:hover { text-decoration: underline; color: var(--ink); }
.settings { display: flex; flex-wrap: wrap; gap: 0 1rem; font-size: .92rem; }
.settings a { padding-block: .6rem; }
button.link { border: 0; background: none; font: inherit; color: var(--brand); text-decoration: underline; text-underline-offset: .2em; padding: .6rem 0; cursor: pointer; min-height: 2.75rem; }
.menu ul { display: flex; flex-wrap: wrap; gap: 0 1.25rem; }
.menu a { display: inline-flex; align-items: center; gap: .35rem; min-height: 2.75rem; text-decoration: none; border-bottom: .18rem solid transparent; color: var(--ink); }
.menu a:hover { color: var(--brand); border-color: var(--line); }
.menu [aria-current] { color: var(--brand); border-color: var(--brand); font-weight: 700; }
.badge { position: relative; min-width: 1.4em; padding: 0 .4em; border-radius: 1em; background: var(--bad); color: #fff; font-size: .8rem; font-weight: 700; text-align: center; }
.demo-clock { background: var(--warn-pale); color: var(--warn); font-size: .88rem; padding-block: .25rem; }
.demo-clock a { color: inherit; display: inline-block; padding-block: .15rem; }
main { width: 100%; max-width: calc(var(--page) + 2rem); margin: 0 auto; padding: 1.5rem 1rem 3rem; flex: 1; display: grid; gap: 1.25rem; align-content: start; grid-template-columns: minmax(0, 1fr); }
main > h1 + :is(.lead, .quiet) { margin-top: -.75rem; }
.back { margin-block: -.75rem; }
legend { margin-bottom: .6rem; }
.numbered { counter-reset: step; display: grid; gap: .6rem; }
.numbered > li { counter-increment: step; position: relative; padding-left: 2.1rem; }
.numbered > li::before { content: counter(step); position: absolute; left: 0; top: .05em; width: 1.5rem; height: 1.5rem; line-height: 1.5rem; border-radius: 50%; background: var(--brand-pale); color: var(--brand-deep); text-align: center; font-size: .88rem; font-weight: 700; }
.footer { padding: 1.25rem max(1rem, (100% - var(--page)) / 2) 2rem; color: var(--quiet); font-size: .88rem; display: grid; gap: .35rem; border-top: 1px solid var(--line); }
.card { background: var(--paper); border: 1px solid var(--line); border-radius: var(--radius); padding: 1rem; display: grid; gap: .6rem; grid-template-columns: minmax(0, 1fr); align-content: start; }
.stack { display: grid; gap: .75rem; grid-template-columns: minmax(0, 1fr); }
.line { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: baseline; gap: .1rem 1rem; }
.line .yuan, .total .yuan { font-weight: 700; }
.line > .yuan { margin-left: auto; }
.button, button.main, button.other { display: inline-flex; justify-content: center; align-items: center; min-height: 2.9rem; padding: .5rem 1.5rem; border-radius: .35rem; border: 2px solid var(--brand); background: var(--brand); color: #fff; font: inherit; font-weight: 700; text-decoration: none; cursor: pointer; }
.button:hover, button.main:hover { background: var(--brand-deep); border-color: var(--brand-deep); color: #fff; }
.button.other, button.other { background: var(--paper); color: var(--brand); }
.button.other:hover, button.other:hover { background: var(--brand-pale); color: var(--brand-deep); }
.account { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: .5rem; align-items: center; }
.account button.other { padding-inline: 1rem; }
.buttons { display: flex; flex-wrap: wrap; gap: .75rem; }
.field { display: grid; gap: .2rem; grid-template-columns: minmax(0, 1fr); }
.field label, legend { font-weight: 700; padding: 0; }
input:not([type=checkbox], [type=radio]), select, textarea { width: 100%; min-height: 2.75rem; padding: .4rem .7rem; border: 1px solid #6b7482; border-radius: .3rem; background: var(--paper); color: var(--ink); font: inherit; }
.field.wrong { border-left: .25rem solid var(--bad); padding-left: .75rem; }
.field.wrong input { border: 2px solid var(--bad); }
.error { color: var(--bad); font-weight: 700; }
.choice { display: flex; gap: .75rem; align-items: flex-start; padding-block: .5rem; min-height: 2.75rem; cursor: pointer; }
.choice input { flex: none; width: 1.5rem; height: 1.5rem; margin: .1rem 0 0; }
summary { cursor: pointer; color: var(--brand); padding-block: .5rem; min-height: 2.75rem; }
summary:hover { text-decoration: underline; text-underline-offset: .2em; }
details[open] > summary { margin-bottom: .25rem; }
.problem { background: var(--bad-pale); border: 2px solid var(--bad); border-radius: var(--radius); padding: 1rem; display: grid; gap: .4rem; }
.problem h2 { color: var(--bad); }
.problem a { color: var(--bad); }
.done { background: var(--good-pale); border: 2px solid var(--good); border-radius: var(--radius); padding: .8rem 1rem; font-weight: 700; color: var(--good); }
.conditions { display: grid; grid-template-columns: minmax(0, 1fr); gap: .6rem; }
.conditions .verdict { white-space: normal; }
.conditions .conditions { margin-top: .5rem; padding-left: clamp(.5rem, 2vw, .9rem); border-left: 2px solid var(--line); }
.verdict { margin-right: .35em; white-space: nowrap; }
.verdict.true, .good { color: var(--good); }
.verdict.false, .bad { color: var(--bad); }
.verdict.unknown, .warn { color: var(--warn); }
.details { display: grid; }
.details > div { display: flex; flex-wrap: wrap; gap: 0 1rem; padding-block: .5rem; border-bottom: 1px solid #e4e8ed; }
.details > div:last-child { border-bottom: 0; }
.details dt { color: var(--quiet); flex: 0 1 max(5.5em, 26%); }
.details dd { flex: 1 1 9em; min-width: 0; }
.quote { border-left: .2rem solid var(--line); padding-left: .8rem; white-space: pre-line; }
.fund { display: grid; gap: .6rem; }
.fund svg { width: 100%; height: .9rem; border-radius: .45rem; display: block; }
.fund .available { fill: #dfe4ea; } .fund .paid { fill: var(--good); } .fund .inTransit { fill: var(--brand); } .fund .reserved { fill: #d99a1c; }
.legend { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(8rem, 100%), 1fr)); gap: .35rem 1rem; font-size: .9rem; }
.legend dt { color: var(--quiet); }
.legend dt::before { content: ""; display: inline-block; width: .7em; height: .7em; margin-right: .35em; border-radius: 2px; }
.legend .paid dt::before { background: var(--good); } .legend .inTransit dt::before { background: var(--brand); }
.legend .reserved dt::before { background: #d99a1c; } .legend .available dt::before { background: #dfe4ea; box-shadow: inset 0 0 0 1px #7a8492; }
.legend .appropriated dt::before { display: none; }
.fund-of + .fund-of { margin-top: .6rem; padding-top: 1rem; border-top: 1px solid #e4e8ed; }
.paging { display: flex; gap: 1.5rem; }
.paging a { min-height: 2.75rem; display: inline-flex; align-items: center; }
.filter { display: flex; flex-wrap: wrap; gap: .75rem 1rem; align-items: flex-end; }
.filter .field { flex: 1 1 11rem; }
.steps > li { position: relative; padding: 0 0 1.1rem 1.6rem; border-left: .22rem solid var(--line); margin-left: .45rem; }
.steps > li:last-child { padding-bottom: .1rem; }
.steps > li::before { content: ""; position: absolute; left: -.62rem; top: .3em; width: 1rem; height: 1rem; border-radius: 50%; background: var(--paper); border: .22rem solid var(--line); }
.steps > .past { border-color: var(--good); } .steps > .past::before { background: var(--good); border-color: var(--good); }
.steps > .now::before { border-color: var(--brand); } .steps > .stopped::before { background: var(--bad); border-color: var(--bad); }
.steps strong { display: block; } .steps .state { font-size: .88rem; font-weight: 700; }
table.data { width: 100%; border-collapse: collapse; background: var(--paper); border: 1px solid var(--line); }
.data caption:not(.unseen) { text-align: left; font-weight: 700; padding: .25rem 0 .5rem; }
.data th, .data td { text-align: left; vertical-align: top; padding: .55rem .75rem; border-bottom: 1px solid #e4e8ed; }
.data th { background: #eef1f5; font-size: .88rem; color: var(--quiet); }
.data .figure { text-align: right; font-variant-numeric: tabular-nums; }
@media (min-width: 64em) { .data :is(time, .yuan, .tag) { white-space: nowrap; } .data .cell { overflow-wrap: break-word; } .data .cell :is(.code, a) { overflow-wrap: anywhere; } }
@media (max-width: 47.99em) {
  .data, .data tbody, .data tr, .data td, .data caption:not(.unseen) { display: block; }
  table.data { border: 0; background: none; }
  .data thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
  .data tbody { display: grid; gap: .75rem; grid-template-columns: minmax(0, 1fr); }
  .data tr { background: var(--paper); border: 1px solid var(--line); border-radius: var(--radius); padding: .4rem 0; }
  .data td { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 .75rem; border: 0; padding: .25rem 1rem; }
  .data td > * { flex: 0 1 auto; min-width: 0; max-width: 100%; }
  .data td > .cell { flex: 1 1 9em; }
  .data td::before { content: attr(data-head); color: var(--quiet); font-size: .88rem; flex: 0 1 max(5em, 32%); }
  .data td:empty { display: none; }
  .data .figure { text-align: left; }
}
@media (min-width: 48em) {
  .masthead { display: grid; grid-template-columns: minmax(0, 1fr) auto; }
  .masthead > * { grid-column: 1 / -1; }
  .masthead > .bar:has(+ .who) { grid-column: 1; padding-right: 1.25rem; }
  .masthead > .who { grid-column: 2; padding-left: 1.25rem; box-shadow: inset 1px 0 var(--line); padding-right: max(1rem, (100vw - var(--page)) / 2); }
  .masthead > .bar:has(+ .who) { padding-left: max(1rem, (100vw - var(--page)) / 2); }
}
@media (forced-colors: active) {
  .button, button.main, button.other { border-color: ButtonBorder; }
  .steps > .past::before, .steps > .stopped::before { background: CanvasText; forced-color-adjust: none; }
  .fund svg, .legend dt::before { forced-color-adjust: none; }
  .menu [aria-current] { border-color: Highlight; }
}
@media (prefers-reduced-motion: no-preference) {
  .button, button { transition: background-color .12s; }
}
`;
