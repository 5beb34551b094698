import type { Bilingual } from "../kit/bilingual.ts";
import { renderDocument } from "../kit/document.tsx";
import { figure } from "../kit/figure.ts";
import type { PageContext } from "../kit/page-context.ts";
import { useWords } from "../kit/reader.ts";
import { Said } from "../kit/text.tsx";
import { TryDraft } from "./reach-draft.tsx";
import { reachWords } from "./reach-words.ts";

export type ReachBuildingProps = Readonly<{
  context: PageContext;
  policy: Readonly<{ id: string; title: Bilingual; version: number }>;
  /** How many firms have been read; absent where that cannot be said yet. */
  reading?: Readonly<{ done: number; of: number }> | undefined;
  /** A draft that was sent meanwhile, to be sent again. */
  draft?: string | undefined;
}>;

/** In the place of the page of a policy's reach while firms are being read; the header `refresh` brings it back. */
export function reachBuildingPage(props: ReachBuildingProps): string {
  const { title } = reachWords[props.context.lang];
  return renderDocument(props.context, { surface: "desk", title, children: <ReachBuilding {...props} /> });
}

function ReachBuilding({ policy, reading, draft }: ReachBuildingProps) {
  const words = useWords(reachWords);
  const address = `/desk/policies/${encodeURIComponent(policy.id)}/reach`;
  return (
    <>
      <h1>{words.title}</h1>
      <p>
        <strong>
          <Said>{policy.title}</Said>
        </strong>
        {" · "}
        {words.version(policy.version)}
        {" · "}
        <a href="/desk/policies">{words.back}</a>
      </p>
      <section className="card" aria-labelledby="building">
        <h2 id="building">{words.building}</h2>
        <p role="status">{reading ? words.buildingOf(figure(reading.done), figure(reading.of)) : words.buildingSoon}</p>
        {reading && <progress value={reading.done} max={Math.max(1, reading.of)} aria-labelledby="building" />}
        {draft === undefined ? (
          <p>
            <a href={address}>{words.again}</a>
          </p>
        ) : (
          <p>{words.buildingTry}</p>
        )}
      </section>
      {draft !== undefined && <TryDraft action={address} trial={{ text: draft }} />}
    </>
  );
}
