/** One of the two clocks on a benefit's payment, in working days. */
export type ClockView = Readonly<{
  kind: "statutory" | "promised";
  /** `YYYY-MM-DD`, the last day that is in time. */
  dueOn: string;
  /** The calendar of its year is not published, so the day may still move. */
  isProvisional: boolean;
  state: "running" | "overdue" | "kept" | "missed";
  /** Working days left, or late. */
  days: number;
}>;
