/** On paper: the content alone, black on white; a receipt fits one A4 page. */
export const printCss = `
@media print {
  @page { size: A4; margin: 12mm 14mm; }
  :root, :root.large { font-size: 10.5pt; background: #fff; }
  body { display: block; min-height: 0; }
  .skip, .settings, .menu, .bar.who form, .demo-clock, .screen, .footer, button { display: none !important; }
  .masthead { border-bottom: 1pt solid #000; } .masthead > * { padding-inline: 0; }
  body { line-height: 1.35; }
  main { padding: 6pt 0 0; max-width: none; gap: 8pt; }
  .card, .panel { break-inside: avoid; border: 1pt solid #555; }
  .panel { background: #fff; color: #000; border-width: 2pt; padding-block: 6pt; }
  .steps { display: grid; grid-auto-flow: column; grid-auto-columns: minmax(0, 1fr); gap: 8pt; }
  .steps > li { border: 0; border-top: 2pt solid #555; margin: 0; padding: 3pt 0 0; } .steps > li::before { display: none; }
  /* What was agreed to takes a row each, so that the longest act stays on its page. */
  [aria-labelledby=contents] .rows > li { display: grid; grid-template-columns: minmax(0, 1fr) auto; column-gap: 8pt; }
  [aria-labelledby=contents] :is(.rows, .details) { font-size: 8.5pt; line-height: 1.25; }
  [aria-labelledby=contents] .hint { align-self: center; }
  .steps .hint { font-size: 8pt; line-height: 1.25; }
  [aria-labelledby=contents] .hint { font-size: 7.5pt; line-height: 1.25; }
  .rows > li { padding-block: 2pt; } .details > div { padding-block: 1.5pt; }
  .total { position: static; }
  a { color: inherit; text-decoration: none; }
}
`;
