/** One contender of a benchmark, in the unit that the benchmark names. */
export type Figure = Readonly<{ name: string; p50: number; p99: number; samples: number }>;

/** What a benchmark measured in one run, on one machine, with its peer beside it. */
export type Report = Readonly<{
  name: string;
  unit: "µs" | "ns";
  what: string;
  figures: readonly Figure[];
  /** First contender over second, by median: only this means something on another machine. */
  ratio: number;
  target: string;
  /** What else was found, one sentence each. */
  notes?: readonly string[];
}>;

export type Benchmark = Readonly<{ name: string; run(): Promise<Report> }>;

export function print(
  { name, what, unit, figures, ratio, target, notes = [] }: Report,
  say: (line: string) => void,
): void {
  say(`${name}: ${what}`);
  for (const { name: contender, p50, p99, samples } of figures) {
    say(`  ${contender.padEnd(28)} p50 ${digits(p50)} ${unit}  p99 ${digits(p99)} ${unit}  (${samples} samples)`);
  }
  for (const note of notes) say(`  ${note}`);
  say(`  ratio ${digits(ratio)}; target: ${target}`);
}

/** Three digits that mean something, whatever the size. */
const digits = (value: number) => (Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(3));
