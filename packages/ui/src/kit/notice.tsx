import type { ReactNode } from "react";

type ProblemProps = Readonly<{ title: string; children?: ReactNode }>;

/** What went wrong and what to do, before everything else; focus goes there when the page opens. */
export function ProblemSummary({ title, children }: ProblemProps) {
  return (
    // biome-ignore lint/a11y/noAutofocus: without JavaScript this is what leads a keyboard or a screen reader to the error
    <div className="problem" role="alert" tabIndex={-1} autoFocus>
      <h2>{title}</h2>
      {children}
    </div>
  );
}

/** What has just been done. */
export function Done({ children }: Readonly<{ children: ReactNode }>) {
  return (
    <p className="done" role="status">
      {children}
    </p>
  );
}

/** A list with nothing in it says so, and what that means. */
export function Empty({ children }: Readonly<{ children: ReactNode }>) {
  return <p className="empty">{children}</p>;
}
