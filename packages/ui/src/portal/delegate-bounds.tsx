import type { Bilingual } from "../kit/bilingual.ts";
import { DetailsList } from "../kit/details-list.tsx";
import { useWords } from "../kit/reader.ts";
import { Day, Said, Yuan } from "../kit/text.tsx";
import { delegatesWords } from "./delegates-words.ts";

/** What the representative lets a delegate do. */
export type DelegateBounds = Readonly<{
  /** Titles; `undefined` for every policy. */
  policies: readonly Bilingual[] | undefined;
  /** The most that one confirmation may come to. */
  capFen: string;
  /** `YYYY-MM-DD`, the last day. */
  expiresOn: string;
}>;

/** Told to delegates before they answer, so that no limit is met only by a refusal. */
export function OwnBounds({ policies, capFen, expiresOn }: DelegateBounds) {
  const words = useWords(delegatesWords);
  return (
    <section className="card" aria-labelledby="bounds">
      <h2 id="bounds">{words.ownBounds}</h2>
      <DetailsList
        of={[
          [words.scope, <Scope key="scope" of={policies} />],
          [words.cap, <Yuan key="cap" fen={capFen} />],
          [words.until, <Day key="until" of={expiresOn} full />],
        ]}
      />
    </section>
  );
}

export function Scope({ of }: Readonly<{ of: DelegateBounds["policies"] }>) {
  const words = useWords(delegatesWords);
  if (of === undefined) return words.all;
  return of.map((title, nth) => (
    <span key={JSON.stringify(title)}>
      {nth > 0 && words.separator}
      <Said>{title}</Said>
    </span>
  ));
}
