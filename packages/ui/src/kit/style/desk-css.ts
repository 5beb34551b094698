/** The desk: wide and dense for a desktop, and still whole on a phone. */
export const deskCss = `
:root { --page: 76rem; font-size: 100%; }
:root.large { font-size: 125%; }
.head { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: flex-start; gap: .5rem 1.5rem; }
.columns { display: grid; gap: 1.25rem; grid-template-columns: minmax(0, 1fr); align-items: start; }
@media (min-width: 64em) { .columns { grid-template-columns: minmax(0, 2fr) minmax(0, 1fr); } .columns.even { grid-template-columns: repeat(2, minmax(0, 1fr)); } }
@media (min-width: 64em) { .columns.demo { grid-template-rows: auto 1fr; } .columns.demo > :nth-child(2) { grid-column: 2; grid-row: 1 / span 2; } }
.pair { display: grid; gap: .75rem; grid-template-columns: minmax(0, 1fr); }
@media (min-width: 48em) { .pair { grid-template-columns: repeat(2, minmax(0, 1fr)); } .card > button, .stack > button { justify-self: start; } }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr)); gap: .75rem; }
.figures > div { background: var(--paper); border: 1px solid var(--line); border-radius: var(--radius); padding: .75rem 1rem; border-top: .25rem solid var(--brand); }
.figures dt { color: var(--quiet); font-size: .9rem; }
.figures dd { font-size: 1.7rem; font-weight: 700; line-height: 1.25; font-variant-numeric: tabular-nums; }
.figures .drop { display: block; font-size: .85rem; font-weight: 400; color: var(--quiet); }
.tag { display: inline-block; font-size: .85rem; font-weight: 700; padding: .05rem .5rem; border-radius: 1em; background: var(--brand-pale); color: var(--brand-deep); }
.tag.good { background: var(--good-pale); color: var(--good); } .tag.bad { background: var(--bad-pale); color: var(--bad); } .tag.warn { background: var(--warn-pale); color: var(--warn); } .tag.off { background: #e8ebef; color: var(--quiet); }
.list > li { padding-block: .45rem; } .list > li + li { border-top: 1px solid #e4e8ed; }
.badge-line { display: flex; flex-wrap: wrap; gap: .4rem .75rem; align-items: center; }
.verified { border-left: .35rem solid var(--good); } .broken { border-left: .35rem solid var(--bad); background: var(--bad-pale); }
.chain { display: grid; grid-template-columns: minmax(0, 1fr); }
.chain > li { position: relative; padding: 0 0 1.25rem clamp(.9rem, 5vw, 1.75rem); border-left: .2rem solid var(--brand); margin-left: .5rem; }
.chain > li:last-child { border-color: transparent; padding-bottom: 0; }
.chain > li::before { content: ""; position: absolute; left: -.65rem; top: .35rem; width: 1.1rem; height: 1.1rem; border-radius: 50%; background: var(--brand); border: .25rem solid var(--ground); }
.chain h3 { margin-bottom: .4rem; }
.chain > .none::before { background: var(--paper); border-color: var(--line); }
.chain .details > div { padding-block: .3rem; }
.chain .details dt { flex-basis: max(6em, 16%); }
h4 { margin: 0; font-size: 1rem; }
.letter { white-space: pre-line; }
.clock { font-size: 1.7rem; font-weight: 700; font-variant-numeric: tabular-nums; }
.clause + .clause { margin-top: .75rem; }
.counts > div { justify-content: space-between; padding-block: .3rem; }
.counts dd { flex: 0 0 auto; }
.counts dt { flex: 1 1 5em; }
.rows > li { padding-block: .6rem; } .rows > li + li { border-top: 1px solid #e4e8ed; }
.back a { display: inline-flex; align-items: center; min-height: 2.75rem; }
`;
