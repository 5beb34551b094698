/** A step that the table of the state machine allows. `from: ""` is how a benefit begins. */
export type Transition = Readonly<{ from: string; to: string }>;

/** Units of the drawing; the text in it is 14 high. */
export type Box = Readonly<{ state: string; x: number; y: number; isEnd: boolean }>;
export type Arrow = Readonly<{ from: string; to: string; path: string; isTwoWay: boolean }>;
export type FlowLayout = Readonly<{ width: number; height: number; boxes: readonly Box[]; arrows: readonly Arrow[] }>;

export const boxSize = { width: 118, height: 36 } as const;
const GUTTER = 60;
const GAP = 62;
const PITCH = 66;
const SIDE = GUTTER + boxSize.width + GAP;

/**
 * Lays a state machine out for a narrow screen: the longest way through it goes down on the left, states off
 * that way stand on the right. Computed from the transitions alone, so a state added to the table is drawn.
 */
export function layOut(transitions: readonly Transition[]): FlowLayout {
  const steps = transitions.filter(({ from }) => from !== "");
  const spine = longest(transitions.filter(({ from }) => from === "").map(({ to }) => longestFrom([to], steps)));
  const aside = [...new Set(steps.flatMap(({ from, to }) => [from, to]))].filter((state) => !spine.includes(state));
  const rows = Math.max(spine.length, aside.length, 1);
  const boxes = [...column(spine, GUTTER, rows), ...column(aside, SIDE, rows)].map((box) => ({
    ...box,
    isEnd: !steps.some(({ from }) => from === box.state),
  }));
  const at = new Map(boxes.map((box) => [box.state, box]));
  const arrows = steps.flatMap((step, index) => {
    const [from, to] = [at.get(step.from), at.get(step.to)];
    const back = steps.findIndex((other) => other.from === step.to && other.to === step.from);
    if (!from || !to || (back !== -1 && back < index)) return [];
    return [{ ...step, path: pathBetween(from, to), isTwoWay: back !== -1 }];
  });
  return { width: SIDE + boxSize.width + GUTTER / 2, height: rows * PITCH - PITCH + boxSize.height + 8, boxes, arrows };
}

function longestFrom(way: readonly string[], steps: readonly Transition[]): readonly string[] {
  const last = way.at(-1);
  const onward = steps.filter(({ from, to }) => from === last && !way.includes(to));
  return longest([way, ...onward.map(({ to }) => longestFrom([...way, to], steps))]);
}

/** The first of the longest. */
function longest(ways: readonly (readonly string[])[]): readonly string[] {
  return ways.reduce((best, way) => (way.length > best.length ? way : best), []);
}

/** Spread over all rows, the first at the top. */
function column(states: readonly string[], x: number, rows: number) {
  const pitch = states.length > 1 ? ((rows - 1) * PITCH) / (states.length - 1) : 0;
  return states.map((state, index) => ({ state, x, y: 4 + Math.round(index * pitch) }));
}

function pathBetween(from: Box, to: Box): string {
  const { width, height } = boxSize;
  const [start, end] = [from.y + height / 2, to.y + height / 2];
  if (from.x !== to.x) {
    const [leave, arrive] = from.x < to.x ? [from.x + width, to.x] : [from.x, to.x + width];
    return `M${leave} ${start}L${arrive} ${end}`;
  }
  const centre = from.x + width / 2;
  if (to.y > from.y && to.y - from.y <= PITCH) return `M${centre} ${from.y + height}V${to.y}`;
  // Past other boxes, and back: round the outside, wider the farther it goes.
  const bulge = Math.min(20 + Math.abs(to.y - from.y) / 5, GUTTER);
  const [edge, outside] = from.x === GUTTER ? [from.x, from.x - bulge] : [from.x + width, from.x + width + bulge / 2];
  return `M${edge} ${start}C${outside} ${start} ${outside} ${end} ${edge} ${end}`;
}
