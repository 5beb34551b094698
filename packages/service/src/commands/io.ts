/**
 * How a command speaks. The answer goes to standard output; logs and progress to standard error.
 * Exit status: 0 did what was asked, 1 the answer is "no", 2 bad input or usage.
 */
export type Io = Readonly<{
  out(line: string): void;
  err(line: string): void;
  /** Sets the exit status; the process ends by itself when its work is done. */
  fail(status: 1 | 2): void;
}>;
