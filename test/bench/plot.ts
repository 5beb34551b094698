/** A line of a plot: points in order of x, all above 0. */
export type Line = Readonly<{ name: string; points: readonly (readonly [x: number, y: number])[] }>;

/** One field of a plot, both axes logarithmic, so that cost in proportion is a straight line of slope one. */
export type Panel = Readonly<{ title: string; x: string; y: string; lines: readonly Line[] }>;

const WIDTH = 420;
const HEIGHT = 320;
const LEFT = 62;
const RIGHT = 16;
const TOP = 36;
const BOTTOM = 46;
const colours = ["#1f5fbf", "#c2571a", "#2e7d4f", "#7a4fa3"] as const;

/** Panels beside one another, with a dashed line through the first point of each first line: cost in proportion. */
export function plot(panels: readonly Panel[]): string {
  const parts = panels.map((panel, place) => `<g transform="translate(${place * WIDTH},0)">${panelOf(panel)}</g>`);
  const width = panels.length * WIDTH;
  const title = panels.map((panel) => panel.title).join("; ");
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${HEIGHT}" role="img" aria-label="${escaped(title)}" font-family="sans-serif" font-size="12">
<rect width="${width}" height="${HEIGHT}" fill="#fff"/>
${parts.join("\n")}
</svg>
`;
}

function panelOf({ title, x, y, lines }: Panel): string {
  const points = lines.flatMap((line) => line.points);
  const xAxis = axisOf(points.map(([at]) => at));
  const yAxis = axisOf(points.map(([, at]) => at));
  const across = (value: number) => LEFT + xAxis.share(value) * (WIDTH - LEFT - RIGHT);
  const up = (value: number) => HEIGHT - BOTTOM - yAxis.share(value) * (HEIGHT - TOP - BOTTOM);
  const [right, bottom] = [WIDTH - RIGHT, HEIGHT - BOTTOM];
  const grid = [
    ...xAxis.ticks.map((at) => {
      const place = digit(across(at));
      return `<path d="M${place} ${TOP}V${bottom}" stroke="#ddd"/><text x="${place}" y="${bottom + 16}" text-anchor="middle">${short(at)}</text>`;
    }),
    ...yAxis.ticks.map((at) => {
      const place = digit(up(at));
      return `<path d="M${LEFT} ${place}H${right}" stroke="#ddd"/><text x="${LEFT - 6}" y="${digit(up(at) + 4)}" text-anchor="end">${short(at)}</text>`;
    }),
  ];
  const drawn = lines.map(({ name, points: own }, place) => {
    const colour = colours[place % colours.length];
    const path = own.map(([at, cost], index) => `${index === 0 ? "M" : "L"}${digit(across(at))} ${digit(up(cost))}`);
    const dots = own.map(
      ([at, cost]) => `<circle cx="${digit(across(at))}" cy="${digit(up(cost))}" r="3" fill="${colour}"/>`,
    );
    const legend = `<text x="${LEFT + 8}" y="${TOP + 16 + place * 16}" fill="${colour}">${escaped(name)}</text>`;
    return `<path d="${path.join("")}" fill="none" stroke="${colour}" stroke-width="2"/>${dots.join("")}${legend}`;
  });
  return [
    `<text x="${LEFT}" y="22" font-weight="bold">${escaped(title)}</text>`,
    ...grid,
    inProportion(lines[0]?.points ?? [], across, up),
    ...drawn,
    `<text x="${(LEFT + right) / 2}" y="${HEIGHT - 10}" text-anchor="middle">${escaped(x)}</text>`,
    `<text transform="translate(14,${(TOP + bottom) / 2}) rotate(-90)" text-anchor="middle">${escaped(y)}</text>`,
  ].join("\n");
}

/** Through the last point, as far back as the first: whoever costs in proportion lies on it. */
function inProportion(
  points: Line["points"],
  across: (value: number) => number,
  up: (value: number) => number,
): string {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return "";
  const start = (last[1] * first[0]) / last[0];
  return `<path d="M${digit(across(first[0]))} ${digit(up(start))}L${digit(across(last[0]))} ${digit(up(last[1]))}" stroke="#999" stroke-dasharray="4 4"/>`;
}

type Axis = Readonly<{ ticks: readonly number[]; share(value: number): number }>;

/** Whole powers of ten around all values. */
function axisOf(values: readonly number[]): Axis {
  const wrong = values.find((value) => !(value > 0));
  if (wrong !== undefined) throw new RangeError(`${wrong} has no place on a logarithmic axis`);
  const from = Math.floor(Math.log10(Math.min(...values)) + 1e-9);
  const to = Math.max(from + 1, Math.ceil(Math.log10(Math.max(...values)) - 1e-9));
  const ticks = Array.from({ length: to - from + 1 }, (_, place) => 10 ** (from + place));
  return { ticks, share: (value) => (Math.log10(value) - from) / (to - from) };
}

function short(value: number): string {
  if (value >= 1e6) return `${value / 1e6} M`;
  if (value >= 1e3) return `${value / 1e3} k`;
  return String(Number(value.toPrecision(3)));
}

const digit = (value: number) => Number(value.toFixed(1));
const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
