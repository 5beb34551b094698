/** One contender of a benchmark, in the unit that the benchmark names. */
export type Figure = Readonly<{ name: string; p50: number; p99: number; samples: number }>;

/** What a benchmark measured in one run, on one machine, with its peer beside it. */
export type Report = Readonly<{
  name: string;
  unit: "µs";
  what: string;
  figures: readonly Figure[];
  /** First contender over second, by median: only this means something on another machine. */
  ratio: number;
  target: string;
}>;

export type Benchmark = Readonly<{ name: string; run(): Promise<Report> }>;

export function print({ name, what, unit, figures, ratio, target }: Report, say: (line: string) => void): void {
  say(`${name}: ${what}`);
  for (const { name: contender, p50, p99, samples } of figures) {
    say(`  ${contender.padEnd(28)} p50 ${p50.toFixed(1)} ${unit}  p99 ${p99.toFixed(1)} ${unit}  (${samples} samples)`);
  }
  say(`  ratio ${ratio.toFixed(2)}; target: ${target}`);
}
