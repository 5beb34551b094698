/** The portal: one column for a thumb, 18 px, everything that is pressed at least 44 px high. */
export const portalCss = `
:root { --page: 44rem; font-size: 112.5%; }
:root.large { font-size: 143.75%; }
:root.wide { --page: 62rem; }
.lead { font-size: 1.05rem; color: var(--quiet); }
.menu ul { gap: 0 clamp(.5rem, 2.6vw, 1.1rem); font-size: .95rem; flex-wrap: nowrap; overflow-x: auto; scrollbar-width: none; }
.menu a { white-space: nowrap; } .menu a:focus-visible { outline-offset: -.2rem; }
.offer { gap: .35rem; }
.offer .choice { padding-block: .1rem; gap: .6rem; }
.offer .choice > span { flex: 1; font-weight: 700; display: grid; gap: .1rem; }
.offer .yuan { font-size: 1.2rem; line-height: 1.4; }
.offer .deadline { padding-left: 2.1rem; }
.offer .more { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1rem; padding-left: 2.1rem; }
.offer .more > details { flex: 0 1 auto; min-width: 0; } .offer .more > details[open] { flex-basis: 100%; }
.offer .more > a { display: inline-flex; align-items: center; min-height: 2.75rem; }
.one-of { border: 1px dashed var(--line); border-radius: var(--radius); padding: .5rem .6rem; }
.offer.changed { border-color: var(--bad); border-width: 2px; }
.total { position: sticky; bottom: 0; z-index: 1; margin: 0 -1rem; padding: .75rem 1rem 1rem; background: var(--ground); border-top: 1px solid var(--line); display: grid; gap: .3rem; }
.total output { font-size: 1.35rem; font-weight: 700; }
.total button { width: 100%; }
:root:has(.total) { scroll-padding-bottom: 13rem; }
@media (max-height: 34em) { .total { position: static; } :root:has(.total) { scroll-padding-bottom: 1rem; } }
.large .total { position: static; }
.panel { background: var(--good); color: #fff; border-radius: var(--radius); padding: 1.1rem 1rem 1.25rem; text-align: center; display: grid; gap: .15rem; }
.panel .sum { font-size: 1.5rem; line-height: 1.4; font-weight: 700; }
.panel .number { font-weight: 700; }
.panel.calm { background: #4b5462; }
.panel.stop { background: var(--bad); }
.held-up { background: var(--bad-pale); color: var(--bad); border-left: .3rem solid var(--bad); border-radius: var(--radius); padding: .8rem 1rem; font-weight: 700; }
.tag { display: inline-block; font-size: .85rem; font-weight: 700; padding: .1rem .55rem; border-radius: 1em; background: var(--brand-pale); color: var(--brand-deep); }
.tag.good { background: var(--good-pale); color: var(--good); } .tag.bad { background: var(--bad-pale); color: var(--bad); } .tag.warn { background: var(--warn-pale); color: var(--warn); }
.line .button, .line button { margin-block: .25rem; }
.list > li + li { border-top: 1px solid #e4e8ed; }
.list a { display: block; padding-block: .65rem .1rem; min-height: 2.75rem; }
.list .hint { padding-bottom: .55rem; }
.list .tag { margin-right: .4rem; }
.list .unread { font-weight: 700; }
.rows > li > .line { font-size: .92rem; column-gap: .5rem; }
.rows > li { padding-block: .6rem; } .rows > li + li { border-top: 1px solid #e4e8ed; }
.letter { white-space: pre-line; }
.invite { border: 2px solid var(--brand); }
.invite h2 { font-size: 1.3rem; }
.flow { max-width: 100%; height: auto; }
.back a { display: inline-flex; align-items: center; min-height: 2.75rem; }
`;
