/** On paper: the content alone, black on white; a receipt fits one A4 page. */
export const printCss = `
@media print {
  @page { size: A4; margin: 14mm 16mm; }
  :root, :root.large { font-size: 11pt; background: #fff; }
  body { display: block; min-height: 0; }
  .skip, .settings, .menu, .bar.who form, .demo-clock, .screen, .footer, button { display: none !important; }
  .masthead { border-bottom: 1pt solid #000; } .masthead > * { padding-inline: 0; }
  main { padding: 8pt 0 0; max-width: none; gap: 10pt; }
  .card, .panel { break-inside: avoid; border: 1pt solid #555; }
  .panel { background: #fff; color: #000; border-width: 2pt; }
  .total { position: static; }
  a { color: inherit; text-decoration: none; }
}
`;
